#include "core/formats/format_guess.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/formats/quote_fields.h"
#include "core/text/line_end.h"

/* Wrapped text has shorter lines. */
enum { LONG_LINE = 100, LINES_MIN = 3, NINE = 9, TEN = 10 };

/* Octets of UTF-16 to look at. */
enum { UTF16_SAMPLE = 8 };

/* What lines of the text are. */
struct counts {
	size_t lines;      /* that are not blank */
	size_t delimiters; /* "%", "%%", or with blanks behind it */
	size_t indented;   /* or an attribution by themselves */
	size_t sentences;
	size_t rows;       /* that begin with a quoted field and have another */
	size_t columns;    /* that have as many tabs, or semicolons, as the first */
	size_t separators; /* of the first line */
};

static bool has_suffix(const char *path, const char *const *suffixes)
{
	size_t length = strlen(path);
	for (; *suffixes != NULL; suffixes++) {
		size_t suffix = strlen(*suffixes);
		if (length > suffix && strcasecmp(path + length - suffix, *suffixes) == 0)
			return true;
	}
	return false;
}

static bool ends_in(const char *line, size_t length, const char *const *ends, size_t *ret_length)
{
	for (; *ends != NULL; ends++) {
		size_t end = strlen(*ends);
		if (length >= end && memcmp(line + length - end, *ends, end) == 0) {
			*ret_length = length - end;
			return true;
		}
	}
	return false;
}

static bool contains(const char *line, size_t length, const char *const *words)
{
	for (; *words != NULL; words++)
		if (memmem(line, length, *words, strlen(*words)) != NULL)
			return true;
	return false;
}

static bool is_sentence(const char *line, size_t length)
{
	static const char *const closing[] = {
		"\"", "'", ")", "]", "\u201D", "\u2019", "\u00BB", "\u300D", NULL};
	static const char *const ends[] = {
		".", "!", "?", "\u2026", "\u3002", "\uFF01", "\uFF1F", NULL};
	static const char *const names[] = {
		" --", " - ", " ~ ", " \u2013 ", " \u2014", " \u2015", NULL};
	size_t left = length;
	if (length > LONG_LINE || contains(line, length, names))
		return true;
	while (ends_in(line, left, closing, &left))
		;
	return ends_in(line, left, ends, &left);
}

static bool is_delimiter(const char *line, size_t length)
{
	return length > 0 && line[0] == '%' && (length == 1 || (length == 2 && line[1] == '%'));
}

static bool is_row(const char *line, size_t length)
{
	static const char *const between[] = {"\",\"", "\";\"", "\"\t\"", NULL};
	return line[0] == '"' && contains(line, length, between);
}

/* Tabs within the line, and semicolons that no blank follows. */
static size_t count_separators(const char *line, size_t length)
{
	size_t count = 0;
	for (size_t i = 1; i + 1 < length; i++)
		count += line[i] == '\t' || (line[i] == ';' && line[i + 1] != ' ');
	return count;
}

/* The line has no blanks behind it. */
static void count_line(struct counts *counts, const char *line, size_t length)
{
	static const char *const dashes[] = {"--", "\u2014", "\u2015", NULL};
	if (length == 0 || line[0] == '#')
		return;
	counts->lines++;
	counts->delimiters += is_delimiter(line, length);
	counts->indented += line[0] == ' ' || line[0] == '\t' ||
			    contains(line, length < 3 ? length : 3, dashes);
	counts->sentences += is_sentence(line, length);
	counts->rows += is_row(line, length);
	size_t separators = count_separators(line, length);
	if (counts->lines == 1)
		counts->separators = separators;
	counts->columns += separators > 0 && separators == counts->separators;
}

static size_t without_blanks(const char *line, size_t length)
{
	while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
		length--;
	return length;
}

/* A last line that may go on does not count. */
static struct counts count(const char *text, size_t length, bool whole)
{
	struct counts counts = {0};
	size_t at = 0;
	while (at < length) {
		size_t line = line_end_find(text + at, length - at);
		if (at + line < length || whole)
			count_line(&counts, text + at, without_blanks(text + at, line));
		at += line;
		at += line_end_length(text + at, length - at, true);
	}
	return counts;
}

static size_t skip_blanks(const char *text, size_t length, size_t at)
{
	while (at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
		at++;
	return at;
}

/* Whether it begins as an array or object of JSON does. */
static bool begins_as_json(const char *text, size_t length)
{
	size_t at = skip_blanks(text, length, 0);
	size_t next = skip_blanks(text, length, at + 1);
	if (next >= length)
		return false;
	if (text[at] == '{')
		return text[next] == '"';
	return text[at] == '[' && (text[next] == '"' || text[next] == '{' || text[next] == ']');
}

/* Whether the first line names a column for the text and another. */
static bool has_header(const char *text, size_t length)
{
	static const char separators[] = ",;\t";
	size_t columns = 0, texts = 0;
	const char *end = text + line_end_find(text, length);
	while (text <= end) {
		const char *field = text;
		while (text < end && strchr(separators, *text) == NULL)
			text++;
		size_t size = (size_t)(text++ - field);
		while (size > 0 && strchr(" \"", *field) != NULL)
			field++, size--;
		while (size > 0 && strchr(" \"", field[size - 1]) != NULL)
			size--;
		columns++;
		texts += quote_fields_is_text(quote_fields_find(field, size));
	}
	return texts > 0 && columns > 1;
}

/* A line that Excel reads as the name of the separator. */
static bool names_separator(const char *text, size_t length)
{
	static const char name[] = "sep=";
	return line_end_find(text, length) == sizeof name &&
	       strncasecmp(text, name, sizeof name - 1) == 0;
}

static bool is_table(const struct counts *counts)
{
	return (counts->rows == counts->lines && counts->rows > 1) ||
	       (counts->columns == counts->lines && counts->lines >= LINES_MIN);
}

enum format format_guess(const char *path, const char *text, size_t length, bool whole)
{
	static const char *const json[] = {".json", ".jsonl", ".ndjson", NULL};
	static const char *const csv[] = {".csv", ".tsv", NULL};
	struct counts counts = count(text, length, whole);
	if (counts.delimiters > 0)
		return FORMAT_FORTUNE;
	/* All of it may be on a line that does not end here. */
	if (begins_as_json(text, length))
		return FORMAT_JSON;
	if (counts.lines == 0)
		return FORMAT_FORTUNE;
	if (has_suffix(path, json))
		return FORMAT_JSON;
	if (has_suffix(path, csv) || has_header(text, length) || names_separator(text, length) ||
		is_table(&counts))
		return FORMAT_CSV;
	if (counts.lines >= LINES_MIN && counts.indented == 0 &&
		counts.sentences * TEN >= counts.lines * NINE)
		return FORMAT_LINES;
	return FORMAT_FORTUNE;
}

/* Whether the first line is such as "- quote: Hello" or "- author: Bob". */
static bool begins_as_yaml(const char *text, size_t length)
{
	const char *name = text + skip_blanks(text, length, 0);
	const char *end = name + line_end_find(name, (size_t)(text + length - name));
	if (end - name < 2 || name[0] != '-' || name[1] != ' ')
		return false;
	name += 2;
	const char *colon = memchr(name, ':', (size_t)(end - name));
	return colon != NULL && quote_fields_find(name, (size_t)(colon - name)) != QUOTE_FIELD_NONE;
}

/* Without its mark, UTF-16 is known by the NULs of its ASCII characters. */
static bool is_utf16(const char *text, size_t length)
{
	size_t nuls[2] = {0};
	for (size_t i = 0; i < UTF16_SAMPLE && i < length; i++)
		nuls[i % 2] += text[i] == '\0';
	return nuls[0] + nuls[1] == UTF16_SAMPLE / 2 && (nuls[0] == 0 || nuls[1] == 0);
}

const char *format_guess_foreign(const char *path, const char *text, size_t length)
{
	static const char *const none[] = {NULL};
	static const char *const html[] = {".html", ".htm", ".xhtml", NULL};
	static const char *const xml[] = {".xml", NULL};
	static const char *const yaml[] = {".yaml", ".yml", NULL};
	static const char *const sql[] = {".sql", NULL};
	static const char *const toml[] = {".toml", NULL};
	static const struct {
		const char *title, *begin;
		const char *const *suffixes;
	} rows[] = {
		{"HTML", "<!doctype html", html},
		{"HTML", "<html", none},
		{"XML", "<?xml", xml},
		{"SVG", "<svg", none},
		{"TOML", "[[", toml},
		{"a script", "#!", none},
		{"YAML", "%YAML", yaml},
		{"SQL", "INSERT INTO ", sql},
		{"RTF", "{\\rtf", none},
		{"an SQLite database", "SQLite format 3", none},
		{"PDF", "%PDF-", none},
	};
	size_t at = skip_blanks(text, length, 0);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t begin = strlen(rows[i].begin);
		if (has_suffix(path, rows[i].suffixes) ||
			(length - at >= begin && strncasecmp(text + at, rows[i].begin, begin) == 0))
			return rows[i].title;
	}
	if (begins_as_yaml(text, length))
		return "YAML";
	return is_utf16(text, length) ? "UTF-16 without a byte order mark" : NULL;
}
