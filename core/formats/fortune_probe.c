#include "core/formats/fortune_probe.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/formats/format_guess.h"
#include "core/text/line_end.h"

enum {
	THIRD = 3,
	FIFTIETH = 50,
	SAMPLE = 8192,
	LONGEST_CHARACTER = 4,
	SHORTEST_RULE = 3,
	LONGEST_RULE = 15
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

static bool is_binary(const char *text, size_t length)
{
	size_t odd = 0;
	if (memchr(text, '\0', length) != NULL)
		return true;
	length = length < SAMPLE ? length : SAMPLE;
	for (size_t i = 0; i < length; i++)
		odd += is_odd((unsigned char)text[i]);
	return odd > length / THIRD || (odd > length / FIFTIETH && !is_utf8(text, length));
}

static size_t without_blanks(const char *line, size_t length)
{
	while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
		length--;
	return length;
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
	for (; (line = line_end_next(text, length, &at, &octets)) != NULL; number++)
		if (without_blanks(line, octets) > 1 && is_disguised(line, octets, delimiter))
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

static void note_rule(struct fortune_probe *probe, const char *line, size_t length)
{
	if (length >= sizeof probe->rule || !utf8_is_valid(line, length) || !is_rule(line, length))
		return;
	if (probe->rules == 0)
		memcpy(probe->rule, line, length);
	probe->rules += strlen(probe->rule) == length && memcmp(probe->rule, line, length) == 0;
}

/* The line is not empty. */
static bool is_attribution(const char *line, size_t length)
{
	static const char *const dashes[] = {"--", "- ", "~ ", "\u2014", "\u2015"};
	while (line[0] == ' ' || line[0] == '\t')
		line++, length--;
	for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
		size_t dash = strlen(dashes[i]);
		if (length > dash && memcmp(line, dashes[i], dash) == 0)
			return line[dash] != line[0];
	}
	return false;
}

/* Text that goes on after an attribution, or after blank lines more than once, is probably more
 * than one quote; an attribution can go on in lines that are indented. */
static void note_start(struct fortune_probe *probe, const char *line, size_t length)
{
	enum { AFTER_BLANK = 1, AFTER_ATTRIBUTION = 2 };
	if (length == 0) {
		probe->pause = probe->pause > AFTER_BLANK ? probe->pause : AFTER_BLANK;
	} else if (is_attribution(line, length)) {
		probe->pause = AFTER_ATTRIBUTION;
	} else if (line[0] != ' ' && line[0] != '\t') {
		probe->starts += probe->lines > 0 ? probe->pause : 0;
		probe->pause = 0;
	}
}

/* The line has no blanks behind it. */
static void note_line(struct fortune_probe *probe, const char *line, size_t length, size_t number)
{
	char delimiter = probe->delimiter;
	note_start(probe, line, length);
	if (length == 0)
		return;
	probe->lines++;
	if (length > 2 || line[0] != delimiter || line[length - 1] != delimiter) {
		note_rule(probe, line, length);
		probe->disguised += is_disguised(line, length, delimiter);
		probe->followed += length > 2 && line[0] == delimiter && line[1] == ' ';
		return;
	}
	probe->delimiters += length == 1;
	probe->doubled += length == 2;
	if (length == 2 && probe->doubled == 1)
		probe->doubled_line = number;
}

struct fortune_probe fortune_probe(const struct quote_file *file, const char *text, size_t length)
{
	const struct file_report *report = file->report;
	struct fortune_probe probe = {
		.path = file->path,
		.delimiter = report->delimiter,
		.has_table = report->has_table && !report->table_set_aside,
		.is_binary = is_binary(text, length),
	};
	const char *line;
	size_t number = 1, at = 0, octets;
	for (; (line = line_end_next(text, length, &at, &octets)) != NULL; number++) {
		note_line(&probe, line, without_blanks(line, octets), number);
		if (probe.delimiters > 0)
			break;
	}
	if (probe.delimiters + probe.doubled > 0)
		return probe;
	probe.guess = format_guess(file->path, text, length, file->size <= QUOTE_FILE_PEEK);
	probe.foreign = format_guess_foreign(file->path, text, length);
	return probe;
}

bool fortune_probe_is_doubled(const struct fortune_probe *probe)
{
	return probe->delimiters == 0 && probe->doubled > 0;
}

/* Whether quotes are probably separated by other lines. One that is longer underlines a title. */
static bool has_rules(const struct fortune_probe *probe)
{
	size_t length = strlen(probe->rule);
	bool is_line = length >= SHORTEST_RULE && length <= LONGEST_RULE &&
		       is_of_one_mark(probe->rule, length);
	return probe->disguised > 0 || probe->followed > 1 || probe->rules > 1 || is_line;
}

static char *object_to_rules(const struct fortune_probe *probe)
{
	char delimiter = probe->delimiter;
	if (probe->disguised > 0 || probe->followed > 1)
		return mem_format("lines that look like '%c' have blanks or other characters in "
				  "them; put a bare '%c' in their place",
			delimiter, delimiter);
	return mem_format("lines of '%s' but none of '%c'; put '%c' in their place", probe->rule,
		delimiter, delimiter);
}

char *fortune_probe_objection(const struct fortune_probe *probe)
{
	if (probe->foreign != NULL && (probe->is_binary || !probe->has_table))
		return mem_format(
			"looks like %s; save it as UTF-8 text, JSON or CSV", probe->foreign);
	if (probe->is_binary)
		return mem_strdup("not text");
	if (probe->has_table || probe->delimiters + probe->doubled > 0)
		return NULL;
	if (probe->lines == 0)
		return mem_strdup("it is empty");
	if (probe->guess != FORMAT_FORTUNE)
		return mem_format("looks like %s: use %s:%s", format_title(probe->guess),
			format_name(probe->guess), probe->path);
	if (has_rules(probe))
		return object_to_rules(probe);
	return mem_strdup("no delimiter lines");
}

char *fortune_probe_warning(const struct fortune_probe *probe)
{
	char *warning = NULL;
	char *objection = fortune_probe_objection(probe);
	if (objection == NULL || probe->lines == 0)
		warning = NULL;
	else if (probe->is_binary && probe->foreign == NULL)
		warning = mem_format(": is %s; leave it out of the quotes", objection);
	else if (probe->foreign != NULL || probe->guess != FORMAT_FORTUNE)
		warning = mem_format(" %s", objection);
	else if (has_rules(probe))
		warning = mem_format(": probably not in fortune format: %s", objection);
	else if (probe->lines > FORTUNE_PROBE_LINES || probe->starts > 1)
		warning = mem_format(": probably not in fortune format: one quote of %zu lines, no "
				     "delimiter; put a line of '%c' between quotes, or use "
				     "lines:%s if each line is a quote",
			probe->lines, probe->delimiter, probe->path);
	free(objection);
	return warning;
}
