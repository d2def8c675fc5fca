/** The QOTD front end (RFC 865): a quote for each TCP connection and each UDP datagram. */
#ifndef QUOTED_FRONTENDS_QOTD_QOTD_FRONTEND_H
#define QUOTED_FRONTENDS_QOTD_QOTD_FRONTEND_H

#include "core/base/strings.h"
#include "frontends/frontend.h"

/** The settings of a qotd section; qotd_frontend_ops.settings explains each. */
struct qotd_options {
	struct wire_options wire;
	char *serve;
	struct strings listen;
	struct strings udp;
	bool udp_public;
	bool udp_no_amplification;
	bool udp_limit_loopback;
	long udp_prefix_burst;
	long udp_prefix_per_second;
	long udp_global_burst;
	long udp_global_per_second;
	long max_bytes;
	long max_connections;
	long max_per_prefix;
	long linger_max;
	long linger_ms;
	long linger_bytes;
};

extern const struct frontend_ops qotd_frontend_ops;

#endif
