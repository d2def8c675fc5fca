#include "config/config_tree.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/text/line_end.h"

/* With form feeds between sections, and the end of a file under DOS. */
static const char blanks[] = " \t\r\n\f\v\x1A";

enum token {
	TOKEN_END,
	TOKEN_WORD,
	TOKEN_QUOTED,
	TOKEN_EQUALS,
	TOKEN_COMMA,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_BAD, /* a mistake that was reported */
};

struct reader {
	const char *name;
	const char *at, *end, *line_start;
	int line;
	enum token token; /* the one that is looked at, with its text and place: */
	struct buffer text;
	int token_line, token_column;
	bool starts_line; /* it is the first of its line */
	struct strings *problems;
};

static void report(struct reader *reader, int line, int column, const char *what)
{
	char *problem = mem_format("%s:%d:%d: %s", reader->name, line, column, what);
	strings_add(reader->problems, problem);
	free(problem);
}

static void report_token(struct reader *reader, const char *what)
{
	report(reader, reader->token_line, reader->token_column, what);
}

static bool looking_at(const struct reader *reader, const char *text)
{
	size_t length = strlen(text);
	return (size_t)(reader->end - reader->at) >= length &&
	       memcmp(reader->at, text, length) == 0;
}

static void step(struct reader *reader)
{
	/* A line end of several octets counts at its last. */
	bool ends_line = line_end_length(reader->at, (size_t)(reader->end - reader->at), true) == 1;
	reader->at++;
	if (!ends_line)
		return;
	reader->line++;
	reader->line_start = reader->at;
	reader->starts_line = true;
}

static void mark(struct reader *reader)
{
	reader->token_line = reader->line;
	reader->token_column = (int)(reader->at - reader->line_start) + 1;
}

/* What was opened and not closed takes the rest of the file with it. */
static void fail_open(struct reader *reader, const char *what)
{
	report_token(reader, what);
	reader->at = reader->end;
	reader->token = TOKEN_BAD;
}

static void skip_line(struct reader *reader)
{
	reader->at += line_end_find(reader->at, (size_t)(reader->end - reader->at));
}

/* Returns false if it is not closed. */
static bool skip_comment(struct reader *reader)
{
	mark(reader);
	reader->at += 2;
	while (reader->at < reader->end && !looking_at(reader, "*/"))
		step(reader);
	if (reader->at == reader->end) {
		fail_open(reader, "the comment that begins here has no closing '*/'");
		return false;
	}
	reader->at += 2;
	return true;
}

/* Of a file, or of one that was appended to it, or of text that was pasted. */
static void skip_mark(struct reader *reader, size_t length)
{
	if (reader->at == reader->line_start)
		reader->line_start += length;
	reader->at += length;
}

static bool skip_blanks(struct reader *reader)
{
	static const char byte_order_mark[] = "\xEF\xBB\xBF";
	while (reader->at < reader->end) {
		if (looking_at(reader, byte_order_mark))
			skip_mark(reader, strlen(byte_order_mark));
		else if (strchr(blanks, *reader->at) != NULL)
			step(reader);
		else if (*reader->at == '#' || looking_at(reader, "//"))
			skip_line(reader);
		else if (!looking_at(reader, "/*"))
			break;
		else if (!skip_comment(reader))
			return false;
	}
	return true;
}

/* Takes what a backslash in front of it stands for. */
static void take_escaped(struct reader *reader, char quote)
{
	char octet = reader->at[1];
	bool known = octet == quote || octet == '\\';
	if (quote == '"' && (octet == 'n' || octet == 't')) {
		octet = octet == 'n' ? '\n' : '\t';
		known = true;
	}
	if (!known)
		buffer_append(&reader->text, "\\", 1);
	buffer_append(&reader->text, &octet, 1);
	reader->at++;
	step(reader);
}

static void read_quoted(struct reader *reader)
{
	char quote = *reader->at;
	reader->token = TOKEN_QUOTED;
	for (step(reader); reader->at < reader->end && *reader->at != quote;)
		if (*reader->at == '\\' && reader->end - reader->at > 1) {
			take_escaped(reader, quote);
		} else {
			buffer_append(&reader->text, reader->at, 1);
			step(reader);
		}
	if (reader->at == reader->end)
		fail_open(reader, "the text that begins here has no closing quote");
	else
		step(reader);
}

/* One by itself is a prefix of commands, or begins a nickname. */
static bool is_in_backquotes(const struct reader *reader)
{
	const char *word = reader->text.data;
	const char *rest = reader->at;
	if (word[0] != '`')
		return false;
	while (rest < reader->end && strchr("`\r\n", *rest) == NULL)
		rest++;
	return strchr(word + 1, '`') != NULL || (rest < reader->end && *rest == '`');
}

/* What word processors and other languages put into a configuration. */
static void check_word(struct reader *reader)
{
	static const char curly[] = "curly quotes do not count here; write \"";
	static const struct {
		const char *part, *what;
	} rows[] = {
		{"\u201C", curly},
		{"\u201D", curly},
		{"\u201E", curly},
		{"\u2018", curly},
		{"\u2019", curly},
		{"\u00A0", "a no-break space is not a blank; write a blank"},
		{"\uFF1D", "a full-width '=' does not count here; write ="},
	};
	/* Within a word, these can be meant. */
	static const struct {
		const char *part, *what;
	} fronts[] = {
		{"\u00AB", curly},
		{"\uFF02", "full-width quotes do not count here; write \""},
		{"\uFF0C", "a full-width ',' does not count here; write ,"},
		{"\uFF5B", "full-width braces do not count here; write { and }"},
	};
	struct buffer *text = &reader->text;
	const char *told = NULL;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].what == told || strstr(text->data, rows[i].part) == NULL)
			continue;
		told = rows[i].what;
		report_token(reader, told);
	}
	for (size_t i = 0; i < sizeof fronts / sizeof *fronts; i++)
		if (strncmp(text->data, fronts[i].part, strlen(fronts[i].part)) == 0)
			report_token(reader, fronts[i].what);
	if (is_in_backquotes(reader))
		report_token(reader, "backquotes do not count here; write \"");
	if (text->length == 1 && strchr("[(", text->data[0]) != NULL)
		report_token(reader, "lists are not in brackets here; write { and }");
	if (text->length > 0 && text->data[text->length - 1] == ';') {
		report_token(reader, "nothing ends in ';' here; remove it");
		text->data[--text->length] = '\0';
	}
}

static void read_word(struct reader *reader)
{
	reader->token = TOKEN_WORD;
	while (reader->at < reader->end && strchr(blanks, *reader->at) == NULL &&
		strchr("#=,{}\"'", *reader->at) == NULL) {
		buffer_append(&reader->text, reader->at, 1);
		step(reader);
	}
	check_word(reader);
}

static void read_token(struct reader *reader)
{
	static const char marks[] = "=,{}"; /* in the order of the tokens */
	buffer_clear(&reader->text);
	buffer_add(&reader->text, "");
	reader->starts_line = reader->at == reader->line_start;
	if (!skip_blanks(reader))
		return;
	mark(reader);
	reader->token = TOKEN_END;
	if (reader->at == reader->end)
		return;
	const char *found = strchr(marks, *reader->at);
	if (found != NULL) {
		reader->token = (enum token)(TOKEN_EQUALS + (found - marks));
		reader->at++;
	} else if (*reader->at == '"' || *reader->at == '\'') {
		read_quoted(reader);
	} else {
		read_word(reader);
	}
	if (!utf8_is_valid(reader->text.data, reader->text.length))
		report_token(reader, "this is not UTF-8; save the file as UTF-8");
	/* It was a ';' alone. */
	if (reader->token == TOKEN_WORD && reader->text.length == 0)
		read_token(reader);
}

/* It may not be seen, or look like another. */
static void report_character(struct reader *reader, uint32_t number)
{
	char *what = mem_format(
		"no name contains the character U+%04X; remove or replace it", (unsigned)number);
	report_token(reader, what);
	free(what);
}

static void check_name(struct reader *reader)
{
	static const char no_break_space[] = "\u00A0";
	const char *text = reader->text.data;
	size_t length = reader->text.length;
	size_t at = 0;
	if (!utf8_is_valid(text, length))
		return;
	while (at < length && text[at] >= ' ' && text[at] < 0x7F)
		at++;
	if (at < length && strncmp(text + at, no_break_space, strlen(no_break_space)) != 0)
		report_character(reader, utf8_number(text + at, length - at));
	else if (length > 0 && text[length - 1] == ':')
		report_token(reader, "a name does not end in ':'; write '=' behind it");
}

static struct config_tree *add_part(
	struct reader *reader, struct config_tree *tree, enum config_tree_kind kind)
{
	tree->parts = mem_resize(tree->parts, tree->count + 1, sizeof *tree->parts);
	struct config_tree *part = &tree->parts[tree->count++];
	*part = (struct config_tree){
		.kind = kind,
		.text = mem_strdup(reader->text.data),
		.file = reader->name,
		.line = reader->token_line,
		.column = reader->token_column,
	};
	return part;
}

static bool begins_part(const struct reader *reader)
{
	return reader->token == TOKEN_END || reader->token == TOKEN_CLOSE ||
	       (reader->token == TOKEN_WORD && reader->starts_line);
}

/* Says what is wrong with a part and goes on where the next line begins with a name. */
static void recover(struct reader *reader, const struct config_tree *part, const char *what)
{
	if (reader->token != TOKEN_BAD)
		report(reader, part->line, part->column, what);
	while (!begins_part(reader))
		read_token(reader);
}

static bool is_value(const struct reader *reader)
{
	return reader->token == TOKEN_WORD || reader->token == TOKEN_QUOTED;
}

static void read_list(struct reader *reader, struct config_tree *setting)
{
	setting->is_list = true;
	read_token(reader);
	while (is_value(reader)) {
		add_part(reader, setting, CONFIG_TREE_KIND_VALUE);
		read_token(reader);
		if (reader->token == TOKEN_COMMA)
			read_token(reader);
		else if (reader->token != TOKEN_CLOSE)
			break;
	}
	if (reader->token == TOKEN_CLOSE)
		read_token(reader);
	else
		recover(reader, setting, "a ',' or the closing '}' is missing in this list");
}

static void read_setting(struct reader *reader, struct config_tree *setting)
{
	read_token(reader);
	if (reader->token == TOKEN_OPEN) {
		read_list(reader, setting);
	} else if (is_value(reader) && !begins_part(reader)) {
		add_part(reader, setting, CONFIG_TREE_KIND_VALUE);
		read_token(reader);
	} else {
		recover(reader, setting, "a value is missing behind '='");
	}
}

static void read_parts(struct reader *reader, struct config_tree *section, int depth);

static void read_section(struct reader *reader, struct config_tree *section, int depth)
{
	if (depth == CONFIG_TREE_DEPTH_MAX) {
		recover(reader, section, "sections are nested too deeply");
		return;
	}
	section->kind = CONFIG_TREE_KIND_SECTION;
	read_token(reader);
	read_parts(reader, section, depth + 1);
	if (reader->token == TOKEN_CLOSE)
		read_token(reader);
	else if (reader->token == TOKEN_END)
		report(reader, section->line, section->column,
			"the '{' of this section has no closing '}'");
}

/* Reads what follows a name: "= value", or a title and "{". */
static void read_part(struct reader *reader, struct config_tree *part, int depth)
{
	read_token(reader);
	if (reader->token == TOKEN_EQUALS) {
		read_setting(reader, part);
		return;
	}
	if (is_value(reader) && !reader->starts_line) {
		part->title = mem_strdup(reader->text.data);
		read_token(reader);
	}
	if (reader->token == TOKEN_OPEN)
		read_section(reader, part, depth);
	else
		recover(reader, part, "'=' is missing behind the name of this setting");
}

/* Says that no part begins with this token, and goes on as recover() does. */
static void skip_nameless(struct reader *reader)
{
	struct config_tree here = {.line = reader->token_line, .column = reader->token_column};
	if (reader->token == TOKEN_CLOSE) {
		report_token(reader, "this '}' closes nothing");
		read_token(reader);
	} else if (reader->token == TOKEN_COMMA) {
		recover(reader, &here, "a ',' stands only between the values of a list; remove it");
	} else {
		recover(reader, &here,
			"a name is missing here; text with blanks or #={},\"' needs quotes");
	}
}

static void read_parts(struct reader *reader, struct config_tree *section, int depth)
{
	while (reader->token != TOKEN_END && (depth == 0 || reader->token != TOKEN_CLOSE)) {
		if (reader->token != TOKEN_WORD) {
			skip_nameless(reader);
			continue;
		}
		check_name(reader);
		/* The part moves when the next one is added, so it is read in a place of its own.
		 */
		struct config_tree part = *add_part(reader, section, CONFIG_TREE_KIND_SETTING);
		read_part(reader, &part, depth);
		section->parts[section->count - 1] = part;
	}
}

void config_tree_read(const char *name, const char *text, size_t length,
	struct config_tree *ret_tree, struct strings *problems)
{
	struct reader reader = {.name = name,
		.at = text,
		.end = text + length,
		.line_start = text,
		.line = 1,
		.problems = problems};
	*ret_tree = (struct config_tree){.text = mem_strdup(""), .file = name, .line = 1};
	if (length > 0 && memchr(text, '\0', length) != NULL) {
		report(&reader, 1, 1, "the file has NUL octets; write it as UTF-8 text");
		return;
	}
	read_token(&reader);
	read_parts(&reader, ret_tree, 0);
	buffer_finish(&reader.text);
}

void config_tree_finish(struct config_tree *tree)
{
	for (size_t i = 0; i < tree->count; i++)
		config_tree_finish(&tree->parts[i]);
	free(tree->parts);
	free(tree->text);
	free(tree->title);
	*tree = (struct config_tree){0};
}
