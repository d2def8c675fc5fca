/** The command lines of quoted quote, quoted list, quoted check and quoted get. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_OPTIONS_H
#define QUOTED_FRONTENDS_SHELL_SHELL_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "config/common_options.h"
#include "config/option_row.h"
#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/choice/quote_filter.h"
#include "frontends/shell/shell_rules.h"
#include "frontends/shell/shell_target.h"

/** A command with its options; the strings are borrowed from argv, the lists owned. */
struct shell_options {
	struct common_options common;
	enum shell_command command;
	struct strings collections; /* names; empty: all but private ones */
	struct strings findings;    /* of a check: on files that cannot be read */
	bool today;
	bool dated; /* --date gave the day */
	int64_t day;
	const char *id;
	const char *search;
	const char *match; /* a basic regular expression */
	bool ignore_case;  /* of the pattern */
	struct quote_filter filter;
	long count; /* 0: all that match */
	bool json;
	bool wait;
	struct shell_target target; /* of get, as what follows */
	bool udp;
	long timeout; /* seconds */
};

/** A command of the shell; a table of these ends with a row without a name. */
struct shell_command_row {
	const char *name;
	const char *operands; /* as --help shows them */
	const char *help;     /* a phrase without a full stop */
};

/** The commands, in the order of enum shell_command. */
extern const struct shell_command_row shell_options_commands[];

/** The options of all commands, with a value of enum shell_option as id. */
extern const struct option_row shell_options_rows[];

/** Returns what quoted quote --help prints; the caller frees it. */
char *shell_options_help(void);

/** Returns whether \p word is the name of a command. */
bool shell_options_is_command(const char *word);

/**
 * Reads a command line whose first argument is a command; argv outlives the result. Returns false,
 * a usage error, with nothing to free.
 */
bool shell_options_parse(
	int argc, char **argv, struct shell_options *ret_options, struct error *reterr);

/** Frees the lists. */
void shell_options_finish(struct shell_options *options);

#endif
