/** The .dat file that strfile(1) writes beside a fortune file. Pure. */
#ifndef QUOTED_CORE_SOURCES_STRFILE_H
#define QUOTED_CORE_SOURCES_STRFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

enum { STRFILE_HEADER_SIZE = 24 };

/** Its flags. */
enum {
	STRFILE_RANDOM = 0x1,
	STRFILE_ORDERED = 0x2,
	STRFILE_ROTATED = 0x4,  /* the letters of the text are turned by 13 places */
	STRFILE_COMMENTS = 0x8, /* lines of two delimiters are comments */
};

/** What it says; offsets is the caller's to free. */
struct strfile {
	uint32_t flags;
	char delimiter;
	uint64_t *offsets; /* of the quotes in the text, ascending whatever their order was */
	size_t count;
	bool matches; /* the table can be that of a text of this size */
};

/**
 * Reads a header of 24 octets (big-endian: version 1 or 2, number of quotes N, longest, shortest,
 * flags, the delimiter and three zeros) and N + 1 offsets of 4 octets, or 8 as FreeBSD writes them,
 * one of which is \p text_size, the octets of the text. Returns false with what is damaged, and
 * nothing to free.
 */
bool strfile_parse(const char *data, size_t length, uint64_t text_size, struct strfile *ret_table,
	struct error *reterr);

#endif
