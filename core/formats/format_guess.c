#include "core/formats/format_guess.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/formats/quote_fields.h"
#include "core/text/line_end.h"

/* Wrapped text has shorter lines. */
enum { LONG_LINE = 100, LINES_MIN = 3, NINE = 9, TEN = 10 };

/* Octets of UTF-16 to look at. */
enum { UTF16_SAMPLE = 8 };

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

static bool begins_with(const char *line, size_t length, const char *const *begins)
{
	for (; *begins != NULL; begins++)
		if (length >= strlen(*begins) && memcmp(line, *begins, strlen(*begins)) == 0)
			return true;
	return false;
}

static bool is_in_quotation_marks(const char *line, size_t length)
{
	static const char *const opening[] = {
		"\"", "'", "\u201C", "\u201E", "\u2018", "\u00AB", "\u00BB", "\u300C", NULL};
	static const char *const closing[] = {
		"\"", "'", "\u201D", "\u201C", "\u2019", "\u00BB", "\u00AB", "\u300D", NULL};
	size_t rest;
	return length > 1 && begins_with(line, length, opening) &&
	       ends_in(line, length, closing, &rest);
}

/* Whether the line is an item of a list, such as "2. Hello" or "* Hello". */
static bool is_item(const char *line, size_t length)
{
	static const char *const bullets[] = {"- ", "* ", "+ ", "\u2022", NULL};
	size_t digits = 0;
	while (digits < length && isdigit((unsigned char)line[digits]) != 0)
		digits++;
	if (digits == 0 || digits + 1 >= length || strchr(".)", line[digits]) == NULL)
		return begins_with(line, length, bullets);
	return line[digits + 1] == ' ' || line[digits + 1] == '\t';
}

static bool is_sentence(const char *line, size_t length)
{
	static const char *const closing[] = {
		"\"", "'", ")", "]", "\u201D", "\u2019", "\u00BB", "\u300D", NULL};
	static const char *const ends[] = {".", "!", "?", "\u2026", "\u3002", "\uFF01", "\uFF1F",
		"\u061F", "\u06D4", "\u0964", NULL};
	static const char *const names[] = {
		" --", " - ", " ~ ", " \u2013 ", " \u2014", " \u2015", "\u2014\u2014", NULL};
	size_t left = length;
	if (length > LONG_LINE || contains(line, length, names) ||
		is_in_quotation_marks(line, length))
		return true;
	while (ends_in(line, left, closing, &left))
		;
	return ends_in(line, left, ends, &left);
}

static bool is_any(const char *line, size_t length)
{
	(void)line;
	return length > 0;
}

/* "%", "%%", or with blanks behind it. */
static bool is_delimiter(const char *line, size_t length)
{
	return line[0] == '%' && (length == 1 || (length == 2 && line[1] == '%'));
}

/* Whether the line is indented or quoted, or an attribution by itself. */
static bool is_indented(const char *line, size_t length)
{
	static const char *const dashes[] = {"--", "\u2014", "\u2015", NULL};
	return strchr(" \t>", line[0]) != NULL || contains(line, length < 3 ? length : 3, dashes);
}

/* Whether the line is an item of a list with dashes, or an attribution. */
static bool is_dashed(const char *line, size_t length)
{
	static const char *const dashes[] = {"- ", "~ ", NULL};
	return begins_with(line, length, dashes);
}

/* Whether the line begins with a quoted field and has another. */
static bool is_row(const char *line, size_t length)
{
	static const char *const between[] = {"\",\"", "\";\"", "\"\t\"", NULL};
	return line[0] == '"' && contains(line, length, between);
}

/* Tabs and bars within the line, and commas and semicolons that no blank follows. */
static size_t count_separators(const char *line, size_t length)
{
	size_t count = 0;
	for (size_t i = 1; i + 1 < length && line[0] != '|'; i++)
		count += line[i] == '\t' || line[i] == '|' ||
			 ((line[i] == ';' || line[i] == ',') && line[i + 1] != ' ');
	return count;
}

/* The end of a file under DOS counts as a blank. */
static size_t without_blanks(const char *line, size_t length)
{
	while (length > 0 && strchr(" \t\x1A", line[length - 1]) != NULL &&
		line[length - 1] != '\0')
		length--;
	return length;
}

/* Returns the next line from octet \p at on that is neither blank nor a comment, without blanks
 * behind it, and moves \p at behind it; NULL if there is none. */
static const char *next_line(const char *text, size_t length, size_t *at, size_t *ret_length)
{
	const char *line;
	while ((line = line_end_next(text, length, at, ret_length)) != NULL) {
		*ret_length = without_blanks(line, *ret_length);
		if (*ret_length > 0 && line[0] != '#')
			break;
	}
	return line;
}

/* Returns the number of lines for which \p is_such returns true. */
static size_t count(const char *text, size_t length, bool (*is_such)(const char *, size_t))
{
	size_t count = 0, at = 0, octets;
	const char *line;
	while ((line = next_line(text, length, &at, &octets)) != NULL)
		count += is_such(line, octets);
	return count;
}

static size_t skip_blanks(const char *text, size_t length, size_t at)
{
	while (at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
		at++;
	return at;
}

/* Whether it begins as an array or object of JSON does, or as one that lacks only the right
 * quotation marks. */
static bool begins_as_json(const char *text, size_t length)
{
	size_t start = skip_blanks(text, length, 0);
	size_t at = start;
	const char *after = "\"'";
	if (at < length && text[at] == '{')
		at = skip_blanks(text, length, at + 1);
	for (; at < length && text[at] == '['; after = "\"'{]")
		at = skip_blanks(text, length, at + 1);
	return at > start && at < length && text[at] != '\0' && strchr(after, text[at]) != NULL;
}

/* Whether the first line names a column for the text and another, or the author and another. */
static bool has_header(const char *text, size_t length)
{
	static const char separators[] = ",;\t|";
	size_t columns = 0, texts = 0, authors = 0;
	const char *end = text + line_end_find(text, length);
	/* A table of Markdown has bars at both ends. */
	while (text <= end && (columns > 0 || text == end || *text != '|')) {
		const char *field = text;
		while (text < end && strchr(separators, *text) == NULL)
			text++;
		size_t size = (size_t)(text++ - field);
		while (size > 0 && strchr(" \"", *field) != NULL)
			field++, size--;
		while (size > 0 && strchr(" \"", field[size - 1]) != NULL)
			size--;
		columns++;
		enum quote_field found = quote_fields_find(field, size);
		texts += quote_fields_is_text(found);
		authors += found == QUOTE_FIELD_AUTHOR;
	}
	return (texts > 0 && columns > 1) || (authors > 0 && columns == 2);
}

/* A line that Excel reads as the name of the separator. */
static bool names_separator(const char *text, size_t length)
{
	static const char name[] = "sep=";
	return line_end_find(text, length) == sizeof name &&
	       strncasecmp(text, name, sizeof name - 1) == 0;
}

/* Whether all lines have as many separators as the first, and some. */
static bool has_columns(const char *text, size_t length)
{
	size_t at = 0, octets;
	const char *line = next_line(text, length, &at, &octets);
	size_t separators = line != NULL ? count_separators(line, octets) : 0;
	while (line != NULL && count_separators(line, octets) == separators)
		line = next_line(text, length, &at, &octets);
	return line == NULL && separators > 0;
}

static bool is_table(const char *text, size_t length, size_t lines)
{
	return (lines > 1 && count(text, length, is_row) == lines) ||
	       (lines >= LINES_MIN && has_columns(text, length));
}

static bool is_lines(const char *text, size_t length, size_t lines)
{
	if (lines < LINES_MIN || count(text, length, is_indented) > 0)
		return false;
	return count(text, length, is_item) == lines ||
	       (count(text, length, is_dashed) == 0 &&
		       count(text, length, is_sentence) * TEN >= lines * NINE);
}

/* Returns \p length without a last line that may go on. */
static size_t whole_lines(const char *text, size_t length)
{
	while (length > 0 && text[length - 1] != '\n' && text[length - 1] != '\r')
		length--;
	return length;
}

enum format format_guess(const char *path, const char *text, size_t length, bool whole)
{
	static const char *const json[] = {".json", ".jsonl", ".ndjson", NULL};
	static const char *const csv[] = {".csv", ".tsv", NULL};
	size_t known = whole ? length : whole_lines(text, length);
	if (count(text, known, is_delimiter) > 0)
		return FORMAT_FORTUNE;
	/* All of it may be on a line that does not end here. */
	if (begins_as_json(text, length))
		return FORMAT_JSON;
	size_t lines = count(text, known, is_any);
	if (lines == 0)
		return FORMAT_FORTUNE;
	if (has_suffix(path, json))
		return FORMAT_JSON;
	if (has_suffix(path, csv) || has_header(text, length) || names_separator(text, length) ||
		is_table(text, known, lines))
		return FORMAT_CSV;
	return is_lines(text, known, lines) ? FORMAT_LINES : FORMAT_FORTUNE;
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

/* Whether it begins with an element that is closed again, not with the name of who speaks. */
static bool begins_as_markup(const char *text, size_t length)
{
	char end[32] = "</";
	size_t at = skip_blanks(text, length, 0);
	size_t name = 0;
	if (at == length || text[at++] != '<')
		return false;
	while (at < length && name < sizeof end - 3 && isalnum((unsigned char)text[at]) != 0)
		end[2 + name++] = text[at++];
	return name > 0 && memmem(text, length, end, name + 2) != NULL;
}

/* The line below the names has "---" in each column. */
static bool begins_as_table(const char *text, size_t length)
{
	static const char *const rules[] = {"|-", "| -", "|:-", "| :-", NULL};
	size_t line = line_end_find(text, length);
	size_t next = line + line_end_length(text + line, length - line, true);
	return line > 0 && text[0] == '|' && begins_with(text + next, length - next, rules);
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
	static const char *const javascript[] = {".js", ".mjs", ".ts", NULL};
	static const struct {
		const char *title, *begin;
		const char *const *suffixes;
	} rows[] = {
		{"HTML", "<!doctype html", html},
		{"HTML", "<html", none},
		{"HTML", "<!--", none},
		{"XML", "<?xml", xml},
		{"PHP", "<?php", none},
		{"SVG", "<svg", none},
		{"TOML", "[[", toml},
		{"a script", "#!", none},
		{"a program", "quotes = [", none},
		{"a table drawn with lines", "+--", none},
		{"YAML", "%YAML", yaml},
		{"YAML", "quotes:\n", none},
		{"YAML", "quotes:\r\n", none},
		{"JavaScript", "const ", javascript},
		{"JavaScript", "var quote", none}, /* "Var" begins sentences of Swedish */
		{"JavaScript", "export default ", none},
		{"JavaScript", "export const ", none},
		{"JavaScript", "module.exports", none},
		{"SQL", "INSERT INTO ", sql},
		{"SQL", "CREATE TABLE ", none},
		{"SQL", "PRAGMA ", none},
		{"RTF", "{\\rtf", none},
		{"an SQLite database", "SQLite format 3", none},
		{"PDF", "%PDF-", none},
	};
	size_t at = skip_blanks(text, length, 0);
	/* Two brackets begin a table of TOML too. */
	if (begins_as_json(text, length))
		return NULL;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t begin = strlen(rows[i].begin);
		if (has_suffix(path, rows[i].suffixes) ||
			(length - at >= begin && strncasecmp(text + at, rows[i].begin, begin) == 0))
			return rows[i].title;
	}
	if (begins_as_yaml(text, length))
		return "YAML";
	if (begins_as_markup(text, length))
		return "HTML or XML";
	if (begins_as_table(text + at, length - at))
		return "a table of Markdown";
	return is_utf16(text, length) ? "UTF-16 without a byte order mark" : NULL;
}
