/** Tells from the beginning of a text whether it is a fortune file, and if not, why. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_PROBE_H
#define QUOTED_CORE_FORMATS_FORTUNE_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/formats/quote_file.h"
#include "core/library/format.h"

/** More lines than this without a delimiter are probably not one quote. */
enum { FORTUNE_PROBE_LINES = 10, FORTUNE_PROBE_RULE = 100 };

/** What a text has. */
struct fortune_probe {
	const char *path; /* borrowed */
	char delimiter;
	bool has_table; /* a .dat file, which makes it a fortune file */
	bool is_binary;
	enum format guess;
	const char *foreign; /* format_guess_foreign(); NULL: none */
	size_t lines;        /* that are not blank */
	size_t delimiters;   /* lines of one delimiter, with or without blanks behind it */
	size_t doubled;      /* of two */
	size_t doubled_line; /* the first of these, from 1 */
	size_t disguised;    /* of one with blanks before it, or beside what looks like none */
	size_t followed;     /* that begin with one and a blank, and go on */
	size_t starts; /* that begin after a blank line, and twice those after an attribution */
	size_t pause;  /* what a line that begins next would add to them */
	size_t rules;  /* that are the same as rule */
	char rule[FORTUNE_PROBE_RULE]; /* such as "---": the first line without letters or digits;
					  "" if there is none */
};

/**
 * Looks at the \p length octets that the text of \p file begins with, in any superset of ASCII, up
 * to the first line of one delimiter. It is binary if it has a NUL, or if of its first 8 KiB a
 * third are control characters that no text has, or one in fifty if it is not UTF-8.
 */
struct fortune_probe fortune_probe(const struct quote_file *file, const char *text, size_t length);

/** Returns whether quotes are separated by lines of two delimiters, as there are none of one. */
bool fortune_probe_is_doubled(const struct fortune_probe *probe);

/** Returns the number, from 1, of the first line of a quote that looks like a delimiter to a person
 * but has blanks or characters that are not seen beside it; 0 if there is none. */
size_t fortune_probe_disguised_line(const char *text, size_t length, char delimiter);

/** Returns why it is not a fortune file, such as "no delimiter lines" or "looks like JSON: use
 * json:PATH", for the caller to free; NULL if it is one. */
char *fortune_probe_objection(const struct fortune_probe *probe);

/** Returns the warning to append to the path if the file is read as a fortune file anyway, with a
 * remedy, for the caller to free; NULL if it is one, or probably one quote: of up to
 * FORTUNE_PROBE_LINES lines, with at most one blank line between them and no text behind an
 * attribution. */
char *fortune_probe_warning(const struct fortune_probe *probe);

#endif
