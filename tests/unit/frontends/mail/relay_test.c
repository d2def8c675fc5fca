#include "frontends/mail/relay.h"

#include <string.h>

#include <criterion/criterion.h>

Test(relay, outcomes)
{
	static const struct {
		int recipient;
		int message;
		enum relay_outcome outcome;
	} rows[] = {
		{250, 250, RELAY_OUTCOME_TAKEN},
		{251, 250, RELAY_OUTCOME_TAKEN},
		{550, 0, RELAY_OUTCOME_PERMANENT},
		{250, 554, RELAY_OUTCOME_PERMANENT},
		{450, 0, RELAY_OUTCOME_TEMPORARY},
		{450, 554, RELAY_OUTCOME_TEMPORARY},
		{250, 451, RELAY_OUTCOME_TEMPORARY},
		{250, 354, RELAY_OUTCOME_UNKNOWN},
		{250, 0, RELAY_OUTCOME_TEMPORARY},
		{0, 0, RELAY_OUTCOME_TEMPORARY},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_assert_eq(relay_outcome(rows[i].recipient, rows[i].message), rows[i].outcome,
			"%d %d", rows[i].recipient, rows[i].message);
	}
}

Test(relay, servers)
{
	static const struct {
		const char *text;
		const char *host; /* NULL: refused */
		const char *port;
	} rows[] = {
		{"localhost:25", "localhost", "25"},
		{"192.0.2.1:2525", "192.0.2.1", "2525"},
		{"[::1]:25", "::1", "25"},
		{"::1:25", NULL, NULL},
		{"localhost", NULL, NULL},
		{"localhost:", NULL, NULL},
		{":25", NULL, NULL},
		{"[]:25", NULL, NULL},
		{"localhost:0", NULL, NULL},
		{"localhost:65536", NULL, NULL},
		{"localhost:smtp", NULL, NULL},
		{"", NULL, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct relay_server server;
		struct error error;
		bool valid = relay_socket_parse(rows[i].text, &server, &error);
		cr_assert_eq(valid, rows[i].host != NULL, "%s", rows[i].text);
		if (valid) {
			cr_assert_str_eq(server.host, rows[i].host);
			cr_assert_str_eq(server.port, rows[i].port);
		}
	}
}
