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

/* What lines of the text are. */
struct counts {
	size_t lines;      /* that are not blank */
	size_t delimiters; /* "%", "%%", or with blanks behind it */
	size_t indented;   /* or an attribution by themselves */
	size_t items;      /* of a list */
	size_t dashed;     /* items of one with dashes, or attributions */
	size_t sentences;
	size_t rows;       /* that begin with a quoted field and have another */
	size_t columns;    /* that have as many separators as the first */
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
	static const char *const ends[] = {
		".", "!", "?", "\u2026", "\u3002", "\uFF01", "\uFF1F", NULL};
	static const char *const names[] = {
		" --", " - ", " ~ ", " \u2013 ", " \u2014", " \u2015", NULL};
	size_t left = length;
	if (length > LONG_LINE || contains(line, length, names) ||
		is_in_quotation_marks(line, length))
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

/* Tabs and bars within the line, and commas and semicolons that no blank follows. */
static size_t count_separators(const char *line, size_t length)
{
	size_t count = 0;
	for (size_t i = 1; i + 1 < length && line[0] != '|'; i++)
		count += line[i] == '\t' || line[i] == '|' ||
			 ((line[i] == ';' || line[i] == ',') && line[i + 1] != ' ');
	return count;
}

/* The line has no blanks behind it. */
static void count_line(struct counts *counts, const char *line, size_t length)
{
	static const char *const dashes[] = {"--", "\u2014", "\u2015", NULL};
	static const char *const short_dashes[] = {"- ", "~ ", NULL};
	if (length == 0 || line[0] == '#')
		return;
	counts->lines++;
	counts->delimiters += is_delimiter(line, length);
	counts->indented += line[0] == ' ' || line[0] == '\t' ||
			    contains(line, length < 3 ? length : 3, dashes);
	counts->items += is_item(line, length);
	counts->dashed += begins_with(line, length, short_dashes);
	counts->sentences += is_sentence(line, length);
	counts->rows += is_row(line, length);
	size_t separators = count_separators(line, length);
	if (counts->lines == 1)
		counts->separators = separators;
	counts->columns += separators > 0 && separators == counts->separators;
}

/* The end of a file under DOS counts as a blank. */
static size_t without_blanks(const char *line, size_t length)
{
	while (length > 0 && strchr(" \t\x1A", line[length - 1]) != NULL &&
		line[length - 1] != '\0')
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

static bool is_table(const struct counts *counts)
{
	return (counts->rows == counts->lines && counts->rows > 1) ||
	       (counts->columns == counts->lines && counts->lines >= LINES_MIN);
}

static bool is_lines(const struct counts *counts)
{
	if (counts->lines < LINES_MIN || counts->indented > 0)
		return false;
	return counts->items == counts->lines ||
	       (counts->dashed == 0 && counts->sentences * TEN >= counts->lines * NINE);
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
	return is_lines(&counts) ? FORMAT_LINES : FORMAT_FORTUNE;
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
		{"HTML", "<!--", none},
		{"XML", "<?xml", xml},
		{"PHP", "<?php", none},
		{"SVG", "<svg", none},
		{"TOML", "[[", toml},
		{"a script", "#!", none},
		{"YAML", "%YAML", yaml},
		{"YAML", "quotes:\n", none},
		{"YAML", "quotes:\r\n", none},
		{"JavaScript", "const ", none},
		{"JavaScript", "var quote", none}, /* "Var" begins sentences of Swedish */
		{"JavaScript", "export default ", none},
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
	return is_utf16(text, length) ? "UTF-16 without a byte order mark" : NULL;
}
