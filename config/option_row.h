/** The options of a command line as data: getopt's tables, --help and the completions are made from
 * it. */
#ifndef QUOTED_CONFIG_OPTION_ROW_H
#define QUOTED_CONFIG_OPTION_ROW_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/** One option, with a letter or a name or both. A table of at most 32 ends with a row without help.
 */
struct option_row {
	int id;           /* what option_row_next() returns; none of -1, '?' and ':' */
	char letter;      /* of the short form; '\0': none */
	const char *name; /* of the long form; NULL: none */
	const char
		*argument; /* what --help calls its value, FILE if that is one; NULL: it has none */
	const char *help;  /* a phrase without a full stop; a line feed goes on in the next line */
};

/**
 * Parses the next option as getopt_long() does, whose variables it sets; optind is 0 before the
 * first. Returns the id of its row; -1 at the end; '?' or ':' for option_row_refuse().
 */
int option_row_next(const struct option_row *rows, int argc, char **argv);

/** Explains why option_row_next() has just returned \p found, '?' or ':'. \p help is the command
 * that lists the options, "quoted --help". Returns false, as the caller does. */
bool option_row_refuse(int found, char **argv, const char *help, struct error *reterr);

/** Appends a line for each row, as --help shows it. */
void option_row_add_help(const struct option_row *rows, struct buffer *out);

#endif
