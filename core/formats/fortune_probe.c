#include "core/formats/fortune_probe.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/formats/format_guess.h"
#include "core/library/name_guess.h"
#include "core/text/line_end.h"

enum {
	THIRD = 3,
	FIFTIETH = 50,
	SAMPLE = 8192,
	LONGEST_CHARACTER = 4,
	SHORTEST_RULE = 3,
	LONGEST_RULE = 15, /* that is one by itself */
	RULE_MAX = 100     /* or in several lines */
};

/* What a text is. */
enum nature {
	NATURE_FORTUNE,
	NATURE_FOREIGN, /* in a format of format_guess_foreign() */
	NATURE_BINARY,
	NATURE_EMPTY,
	NATURE_OTHER,     /* in a format of format_guess() */
	NATURE_DISGUISED, /* its delimiters have something beside them */
	NATURE_RULED,     /* it has lines such as "---" */
	NATURE_WHOLE,     /* one quote */
};

/* Control characters but those of terminals, of printers and of IRC's formatting, and the end of a
 * file under DOS. */
static bool is_odd(unsigned char octet)
{
	static const char usual[] = "\a\b\t\n\v\f\r\x1A\x1B\x02\x03\x0F\x11\x16\x1D\x1E\x1F";
	return (octet < ' ' && strchr(usual, octet) == NULL) || octet == 0x7F;
}

/* The last character may be cut. */
static bool is_utf8(const char *text, size_t length)
{
	return length - utf8_valid_prefix(text, length) < LONGEST_CHARACTER;
}

/* Whether more than one octet in \p most is a NUL or odd, of the first 8 KiB. */
static bool are_odd(const char *text, size_t length, size_t most)
{
	size_t odd = 0;
	length = length < SAMPLE ? length : SAMPLE;
	for (size_t i = 0; i < length; i++)
		odd += text[i] == '\0' || is_odd((unsigned char)text[i]);
	return odd > length / most;
}

bool fortune_probe_is_binary(const char *text, size_t length)
{
	size_t sample = length < SAMPLE ? length : SAMPLE;
	return memchr(text, '\0', length) != NULL || are_odd(text, length, THIRD) ||
	       (are_odd(text, length, FIFTIETH) && !is_utf8(text, sample));
}

bool fortune_probe_is_readable(const char *text, size_t length)
{
	if (!fortune_probe_is_binary(text, length))
		return true;
	return format_guess_foreign("", text, length) == NULL &&
	       (is_utf8(text, length) || !are_odd(text, length, FIFTIETH));
}

/* Returns what to append to the path of a text that is binary. */
static char *warn_of_binary(const char *text, size_t length)
{
	return mem_strdup(fortune_probe_is_readable(text, length)
				  ? ": has control characters that no text has, and may be "
				    "damaged; remove them"
				  : ": is not text; leave it out of the quotes");
}

/* As line_end_next(), without the blanks at the end of the line. */
static const char *next_line(const char *text, size_t length, size_t *at, size_t *ret_octets)
{
	const char *line = line_end_next(text, length, at, ret_octets);
	while (line != NULL && *ret_octets > 0 &&
		(line[*ret_octets - 1] == ' ' || line[*ret_octets - 1] == '\t'))
		--*ret_octets;
	return line;
}

/* Returns the octets of the blank that \p text begins with, also if it is one that is not seen. */
static size_t blank_length(const char *text, size_t length)
{
	static const char *const blanks[] = {
		" ", "\t", "\v", "\f", "\u00A0", "\u200B", "\u200E", "\u2060", "\u3000", "\uFEFF"};
	for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
		size_t blank = strlen(blanks[i]);
		if (blank <= length && memcmp(text, blanks[i], blank) == 0)
			return blank;
	}
	return 0;
}

/* Whether the line looks like a delimiter to a person, and is not one. */
static bool is_disguised(const char *line, size_t length, char delimiter)
{
	static const char wide[] = "\uFF05";
	size_t at = 0;
	size_t marks = 0;
	while (at < length) {
		size_t blank = blank_length(line + at, length - at);
		bool is_wide = length - at >= sizeof wide - 1 &&
			       memcmp(line + at, wide, sizeof wide - 1) == 0;
		if (blank == 0 && !is_wide && line[at] != delimiter)
			return false;
		marks += blank == 0;
		at += blank > 0 ? blank : is_wide ? sizeof wide - 1 : 1;
	}
	return marks == 1;
}

size_t fortune_probe_disguised_line(const char *text, size_t length, char delimiter)
{
	const char *line;
	size_t number = 1, at = 0, octets;
	/* Few quotes have it anywhere. */
	if (memchr(text, delimiter, length) == NULL)
		return 0;
	for (; (line = next_line(text, length, &at, &octets)) != NULL; number++)
		if (octets > 1 && is_disguised(line, octets, delimiter))
			return number;
	return 0;
}

/* Whether the line has neither letters nor digits of any script. */
static bool is_rule(const char *line, size_t length)
{
	size_t at = 0;
	while (at < length && !utf8_is_word(line + at, length - at))
		at += utf8_code_point(line + at, length - at);
	return at >= length;
}

static bool is_of_one_mark(const char *line, size_t length)
{
	size_t same = 1;
	while (same < length && line[same] == line[0])
		same++;
	return same == length && ispunct((unsigned char)line[0]) != 0;
}

/* The line is not empty. */
static bool is_attribution(const char *line, size_t length)
{
	static const char *const dashes[] = {"--", "- ", "~", "\u2014", "\u2015"};
	while (line[0] == ' ' || line[0] == '\t')
		line++, length--;
	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
		size_t dash = strlen(dashes[i]);
		if (length > dash && memcmp(line, dashes[i], dash) == 0)
			return line[dash] != line[0];
	}
	/* A dialogue has sentences there. */
	return line[0] == '-' && utf8_is_valid(line, length) && name_guess(line + 1, length - 1);
}

/* Text that goes on after an attribution, or after blank lines more than once, is probably more
 * than one quote; an attribution can go on in lines that are indented. */
static bool has_several(const char *text, size_t length)
{
	enum { AFTER_BLANK = 1, AFTER_ATTRIBUTION = 2 };
	const char *line;
	size_t at = 0, octets, pause = 0, starts = 0;
	bool has_begun = false;
	while ((line = next_line(text, length, &at, &octets)) != NULL) {
		if (octets == 0) {
			pause = pause > AFTER_BLANK ? pause : AFTER_BLANK;
		} else if (is_attribution(line, octets)) {
			pause = AFTER_ATTRIBUTION;
		} else if (line[0] != ' ' && line[0] != '\t') {
			starts += has_begun ? pause : 0;
			pause = 0;
		}
		has_begun |= octets > 0;
	}
	return starts > 1;
}

/* Returns the number, from 1, of the first line of delimiters, and in \p ret_octets how many it
 * has: of one if there is any, else of two. Returns 0 if there is none. */
static size_t find_delimiters(const char *text, size_t length, char delimiter, size_t *ret_octets)
{
	const char *line;
	size_t doubled = 0, at = 0, octets;
	for (size_t number = 1; (line = next_line(text, length, &at, &octets)) != NULL; number++) {
		if (octets == 0 || octets > 2 || line[0] != delimiter ||
			line[octets - 1] != delimiter)
			continue;
		*ret_octets = octets;
		if (octets == 1)
			return number;
		doubled = doubled > 0 ? doubled : number;
	}
	return doubled;
}

size_t fortune_probe_doubled_line(const char *text, size_t length, char delimiter)
{
	size_t octets;
	size_t line = find_delimiters(text, length, delimiter, &octets);
	return line > 0 && octets == 2 ? line : 0;
}

/* Whether lines look like delimiters, or begin like one and go on more than once. */
static bool has_other_delimiters(const char *text, size_t length, char delimiter)
{
	const char *line;
	size_t followed = 0, at = 0, octets;
	while ((line = next_line(text, length, &at, &octets)) != NULL) {
		followed += octets > 0 && line[0] == delimiter;
		if (followed > 1 || is_disguised(line, octets, delimiter))
			return true;
	}
	return false;
}

/* Returns the first line without letters or digits, such as "---", if quotes are probably separated
 * by such lines, else NULL. One that is longer underlines a title. */
static const char *find_rule(const char *text, size_t length, size_t *ret_octets)
{
	const char *line, *rule = NULL;
	size_t at = 0, octets;
	*ret_octets = 0;
	while ((line = next_line(text, length, &at, &octets)) != NULL) {
		/* A mail or Markdown has blank lines of ">" within what is quoted. */
		if (octets == 0 || octets >= RULE_MAX || !utf8_is_valid(line, octets) ||
			!is_rule(line, octets) || (octets == 1 && line[0] == '>'))
			continue;
		if (rule != NULL && octets == *ret_octets && memcmp(line, rule, octets) == 0)
			return rule;
		if (rule != NULL)
			continue;
		rule = line;
		*ret_octets = octets;
	}
	bool is_line = rule != NULL && *ret_octets >= SHORTEST_RULE &&
		       *ret_octets <= LONGEST_RULE && is_of_one_mark(rule, *ret_octets);
	return is_line ? rule : NULL;
}

/* Returns the lines that are not blank. */
static size_t count_lines(const char *text, size_t length)
{
	size_t lines = 0, at = 0, octets;
	while (next_line(text, length, &at, &octets) != NULL)
		lines += octets > 0;
	return lines;
}

static enum format guess(const struct quote_file *file, const char *text, size_t length)
{
	return format_guess(file->path, text, length, file->size <= QUOTE_FILE_PEEK);
}

static enum nature nature_of(const struct quote_file *file, const char *text, size_t length)
{
	const struct file_report *report = file->report;
	bool has_table = report->has_table && !report->table_set_aside;
	bool is_binary = fortune_probe_is_binary(text, length);
	size_t octets;
	bool is_divided = find_delimiters(text, length, report->delimiter, &octets) > 0;
	if (!is_divided && (is_binary || !has_table) &&
		format_guess_foreign(file->path, text, length) != NULL)
		return NATURE_FOREIGN;
	if (is_binary)
		return NATURE_BINARY;
	if (is_divided || has_table)
		return NATURE_FORTUNE;
	if (count_lines(text, length) == 0)
		return NATURE_EMPTY;
	if (guess(file, text, length) != FORMAT_FORTUNE)
		return NATURE_OTHER;
	if (has_other_delimiters(text, length, report->delimiter))
		return NATURE_DISGUISED;
	return find_rule(text, length, &octets) != NULL ? NATURE_RULED : NATURE_WHOLE;
}

bool fortune_probe_is_whole(const struct quote_file *file, const char *text, size_t length)
{
	return nature_of(file, text, length) == NATURE_WHOLE && count_lines(text, length) > 1;
}

static char *object_to_rule(const char *text, size_t length, char delimiter)
{
	size_t octets;
	const char *rule = find_rule(text, length, &octets);
	return mem_format("lines of '%.*s' but none of '%c'; put '%c' in their place", (int)octets,
		rule, delimiter, delimiter);
}

static char *object_to_foreign(const char *foreign)
{
	return mem_format("looks like %s; save it as UTF-8 text, JSON or CSV", foreign);
}

char *fortune_probe_objection(const struct quote_file *file, const char *text, size_t length)
{
	char delimiter = file->report->delimiter;
	enum format format;
	switch (nature_of(file, text, length)) {
	case NATURE_FORTUNE:
		break;
	case NATURE_FOREIGN:
		return object_to_foreign(format_guess_foreign(file->path, text, length));
	case NATURE_BINARY:
		return mem_strdup("not text");
	case NATURE_EMPTY:
		return mem_strdup("it is empty");
	case NATURE_OTHER:
		format = guess(file, text, length);
		return mem_format("looks like %s: use %s:%s", format_title(format),
			format_name(format), file->path);
	case NATURE_DISGUISED:
		return mem_format("lines that look like '%c' have blanks or other characters in "
				  "them; put a bare '%c' in their place",
			delimiter, delimiter);
	case NATURE_RULED:
		return object_to_rule(text, length, delimiter);
	case NATURE_WHOLE:
		return mem_strdup("no delimiter lines");
	}
	return NULL;
}

static char *warn_of_whole(const struct quote_file *file, const char *text, size_t length)
{
	size_t lines = count_lines(text, length);
	if (lines <= FORTUNE_PROBE_LINES && !has_several(text, length))
		return NULL;
	return mem_format(": probably not in fortune format: one quote of %zu lines, no delimiter; "
			  "put a line of '%c' between quotes, or use lines:%s if each line is a "
			  "quote",
		lines, file->report->delimiter, file->path);
}

char *fortune_probe_other(const char *text, size_t length)
{
	const char *foreign = format_guess_foreign("", text, length);
	char *objection = foreign != NULL ? object_to_foreign(foreign) : NULL;
	char *warning = NULL;
	if (objection != NULL)
		warning = mem_format(" %s", objection);
	else if (fortune_probe_is_binary(text, length))
		warning = warn_of_binary(text, length);
	free(objection);
	return warning;
}

char *fortune_probe_warning(const struct quote_file *file, const char *text, size_t length)
{
	char *warning = NULL;
	char *objection = fortune_probe_objection(file, text, length);
	switch (nature_of(file, text, length)) {
	case NATURE_FORTUNE:
	case NATURE_EMPTY:
		break;
	case NATURE_FOREIGN:
	case NATURE_OTHER:
		/* The name alone can say so. */
		if (count_lines(text, length) > 0)
			warning = mem_format(" %s", objection);
		break;
	case NATURE_BINARY:
		warning = warn_of_binary(text, length);
		break;
	case NATURE_DISGUISED:
	case NATURE_RULED:
		warning = mem_format(": probably not in fortune format: %s", objection);
		break;
	case NATURE_WHOLE:
		warning = warn_of_whole(file, text, length);
		break;
	}
	free(objection);
	return warning;
}
