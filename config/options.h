/** The daemon's command line. */
#ifndef QUOTED_CONFIG_OPTIONS_H
#define QUOTED_CONFIG_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "config/common_options.h"
#include "config/option_row.h"
#include "core/base/error.h"

enum options_action {
	OPTIONS_ACTION_RUN,
	OPTIONS_ACTION_CHECK,   /* -t */
	OPTIONS_ACTION_PRINT,   /* -T */
	OPTIONS_ACTION_HELP,    /* -h */
	OPTIONS_ACTION_VERSION, /* -V */
};

/** What the command line asks for. */
struct options {
	struct common_options common;
	enum options_action action;
	long port;              /* of QOTD, 1 to 65535; 0: as configured */
	const char *log_format; /* "plain" or "json"; NULL: as configured */
};

/** The options, for getopt and for the completions. */
extern const struct option_row options_rows[];

/** Returns what --help prints, with \p commands, the lines that list them; the caller frees it. */
char *options_help(const char *commands);

/**
 * Reads the daemon's command line, which outlives the result; common_options_finish() frees what
 * that owns. Files win over -s. On failure, a usage error, \p ret_options is empty.
 */
bool options_parse(int argc, char **argv, struct options *ret_options, struct error *reterr);

/** Writes three lines that say what to try without a configuration file. */
void options_print_hint(const struct options *options, FILE *file);

#endif
