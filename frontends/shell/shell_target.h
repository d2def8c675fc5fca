/** The operand of quoted get, HOST[:PORT]. Pure. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_TARGET_H
#define QUOTED_FRONTENDS_SHELL_SHELL_TARGET_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/** The standard port (RFC 865), which only root may listen on, and quoted's own default. */
enum { SHELL_TARGET_STANDARD = 17, SHELL_TARGET_DEFAULT = 1717 };

enum {
	SHELL_TARGET_PORTS = 2,
	SHELL_TARGET_HOST_SIZE = 256, /* that of the longest name of the DNS, with its NUL */
};

/** Where a quote is asked for. */
struct shell_target {
	char host[SHELL_TARGET_HOST_SIZE];
	uint16_t ports[SHELL_TARGET_PORTS]; /* to try in turn; 0: none */
};

/**
 * Reads "HOST", "HOST:PORT", "[IPV6]", "[IPV6]:PORT" or a plain IPv6 address; NULL means
 * "localhost". Without a port, the standard one comes first, then quoted's default. Returns false,
 * with a sentence, if it is none of these or the port is not from 1 to 65535. Looks up no name.
 */
bool shell_target_parse(const char *text, struct shell_target *ret_target, struct error *reterr);

/** Appends the target as messages name it: "[::1]:17", "localhost, ports 17 and 1717". */
void shell_target_format(const struct shell_target *target, struct buffer *out);

#endif
