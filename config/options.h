/** The command line. */
#ifndef QUOTED_CONFIG_OPTIONS_H
#define QUOTED_CONFIG_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "config/config.h"
#include "core/base/error.h"
#include "core/base/strings.h"

enum options_action {
	OPTIONS_ACTION_RUN,
	OPTIONS_ACTION_CHECK,   /* -t */
	OPTIONS_ACTION_HELP,    /* -h */
	OPTIONS_ACTION_VERSION, /* -V */
};

/** The percentage of what takes its part of the rest. */
enum { OPTIONS_NO_PERCENT = -1 };

/** What the command line asks for. */
struct options {
	enum options_action action;
	const char *config_path; /* borrowed from argv; NULL: no configuration file */
	long port;               /* of QOTD, 1 to 65535; 0: as configured */
	bool seeded;             /* chance is that of the seed */
	uint64_t seed;
	struct strings quotes; /* specs in place of the configuration's; empty: as configured */
	const long *percents;  /* borrowed; of each of these, or OPTIONS_NO_PERCENT; NULL: all by
				  number of quotes */
	bool equal;            /* every file with the same chance */
	bool offensive;        /* offensive files too */
	bool only_offensive;   /* no others */
};

/** What --help prints. */
extern const char options_help[];

/**
 * Reads the command line, which outlives the result; options_finish() frees that.
 * Fortune files win over -s. Prints nothing. On failure, a usage error, \p ret_options is empty.
 */
bool options_parse(int argc, char **argv, struct options *ret_options, struct error *reterr);

/**
 * Reads the configuration that \p options names as config_read() does, without one a qotd and a web
 * section with their defaults, and QOTD's port on the page.
 */
bool options_read_config(const struct options *options, const struct config_schema *schemas,
	struct config *ret_config, struct error *reterr);

/** Writes three lines that say what to try, where there is no configuration file. */
void options_print_hint(const struct options *options, FILE *file);

/** Returns the seed that --seed gives, else \p fallback. */
uint64_t options_seed(const struct options *options, uint64_t fallback);

/** Frees what options_parse() allocated. */
void options_finish(struct options *options);

#endif
