/** The command lines of the shell: quoted quote, list, check, get, deliver, queue, subscribers. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_OPTIONS_H
#define QUOTED_FRONTENDS_SHELL_SHELL_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "config/common_options.h"
#include "config/option_row.h"
#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/choice/quote_filter.h"
#include "frontends/kit/host_port.h"
#include "frontends/shell/shell_rules.h"

/** A command with its options; the strings are borrowed from argv, the lists owned. */
struct shell_options {
	struct common_options common;
	enum shell_command command;
	bool help;                  /* only print that */
	bool version;               /* or that */
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
	long width; /* columns of a line; 0: any number */
	bool json;
	bool show_file;
	bool show_id;
	bool wait;
	bool verbose;
	struct host_port target; /* of get, as what follows */
	bool udp;
	long timeout;          /* seconds */
	const char *sender;    /* of deliver; NULL: not given */
	const char *recipient; /* the same */
	const char *action;    /* the name of a struct shell_action; NULL: the command has none */
	char *const *subjects; /* what that is done to */
	int subject_count;
};

/** A command of the shell; a table of these ends with a row without a name. */
struct shell_command_row {
	const char *name;
	const char *operands; /* as --help shows them */
	const char *help;     /* a phrase without a full stop */
	const char *examples; /* lines */
};

/** The commands, in the order of enum shell_command. */
extern const struct shell_command_row shell_options_commands[];

enum { SHELL_OPTIONS_TABLE_SIZE = SHELL_OPTION_END + 1 };

/** Fills a table of options, with a value of enum shell_option as id: first those that \p command
 * knows, whose number it returns, then those of other commands alone. */
size_t shell_options_table(
	enum shell_command command, struct option_row ret_rows[SHELL_OPTIONS_TABLE_SIZE]);

/** Returns what --help prints with \p command; the caller frees it. */
char *shell_options_help(enum shell_command command);

/** Appends a line for each command: its name and what it does. */
void shell_options_list_commands(struct buffer *out);

/** Returns whether \p word is the name of a command. */
bool shell_options_is_command(const char *word);

/** Returns the name of the command that \p word most likely stands for; NULL if none is close. */
const char *shell_options_suggest(const char *word);

/**
 * Reads a command line whose first argument is a command; argv outlives the result. Returns false,
 * a usage error, with nothing to free.
 */
bool shell_options_parse(
	int argc, char **argv, struct shell_options *ret_options, struct error *reterr);

/** Returns whether a quote is to be drawn by chance, and only one. */
bool shell_options_ask_for_one(const struct shell_options *options);

/** Frees the lists. */
void shell_options_finish(struct shell_options *options);

#endif
