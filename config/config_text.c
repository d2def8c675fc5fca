#include "config/config_text.h"

#include <string.h>

enum { CONFIG_TEXT_DEPTH = 8 };

struct scan {
	struct config_text *text;
	size_t at;
	int line;
	int depth;
	int opened[CONFIG_TEXT_DEPTH]; /* the lines of the braces that are open */
	struct error *reterr;
};

static bool refuse(struct scan *scan, int line, const char *what)
{
	error_set(scan->reterr, "%s:%d: %s", scan->text->name, line, what);
	return false;
}

static bool looking_at(const struct scan *scan, const char *token)
{
	size_t length = strlen(token);
	return scan->text->length - scan->at >= length &&
	       memcmp(scan->text->data + scan->at, token, length) == 0;
}

static void step(struct scan *scan)
{
	if (scan->text->data[scan->at++] == '\n')
		scan->line++;
}

static void blank(struct scan *scan)
{
	if (scan->text->data[scan->at] != '\n')
		scan->text->data[scan->at] = ' ';
	step(scan);
}

static bool at_end(const struct scan *scan)
{
	return scan->at == scan->text->length;
}

static bool skip_line_comment(struct scan *scan)
{
	while (!at_end(scan) && scan->text->data[scan->at] != '\n')
		blank(scan);
	return true;
}

static bool skip_block_comment(struct scan *scan)
{
	int start = scan->line;
	blank(scan);
	blank(scan);
	while (!at_end(scan) && !looking_at(scan, "*/"))
		blank(scan);
	if (at_end(scan))
		return refuse(scan, start, "the comment that starts here has no closing '*/'");
	blank(scan);
	blank(scan);
	return true;
}

static bool refuse_environment(struct scan *scan)
{
	return refuse(
		scan, scan->line, "'${' is not supported: nothing is taken from the environment");
}

static bool skip_string(struct scan *scan)
{
	int start = scan->line;
	char quote = scan->text->data[scan->at];
	for (step(scan); !at_end(scan) && scan->text->data[scan->at] != quote; step(scan)) {
		if (quote == '"' && looking_at(scan, "${"))
			return refuse_environment(scan);
		if (scan->text->data[scan->at] == '\\' && scan->at + 1 < scan->text->length)
			step(scan);
	}
	if (at_end(scan))
		return refuse(scan, start, "the string that starts here has no closing quote");
	step(scan);
	return true;
}

static bool open_brace(struct scan *scan)
{
	if (scan->depth == CONFIG_TEXT_DEPTH)
		return refuse(scan, scan->line, "braces are nested too deeply");
	scan->opened[scan->depth++] = scan->line;
	step(scan);
	return true;
}

static bool close_brace(struct scan *scan)
{
	if (scan->depth == 0)
		return refuse(scan, scan->line, "'}' closes nothing");
	scan->depth--;
	step(scan);
	return true;
}

/* A word as libconfuse's lexer reads it: "//" and "/ *" inside one do not start a comment. */
static bool skip_word(struct scan *scan)
{
	do
		step(scan);
	while (!at_end(scan) && strchr(" #\"'\t\n\r={}()+,*", scan->text->data[scan->at]) == NULL &&
		!looking_at(scan, "${"));
	return true;
}

static bool skip_token(struct scan *scan)
{
	if (looking_at(scan, "#") || looking_at(scan, "//"))
		return skip_line_comment(scan);
	if (looking_at(scan, "/*"))
		return skip_block_comment(scan);
	if (looking_at(scan, "${"))
		return refuse_environment(scan);
	if (looking_at(scan, "+="))
		return refuse(scan, scan->line, "'+=' is not supported; write the whole list");
	switch (scan->text->data[scan->at]) {
	case '"':
	case '\'':
		return skip_string(scan);
	case '{':
		return open_brace(scan);
	case '}':
		return close_brace(scan);
	case '\n':
	case '\r':
	case '\t':
	case ' ':
	case '=':
	case ',':
	case '(':
	case ')':
	case '*':
	case '+':
		step(scan);
		return true;
	}
	return skip_word(scan);
}

bool config_text_clean(struct config_text *text, struct error *reterr)
{
	struct scan scan = {.text = text, .line = 1, .reterr = reterr};
	if (memchr(text->data, '\0', text->length) != NULL) {
		error_set(reterr, "%s: has NUL octets; it is no text file", text->name);
		return false;
	}
	while (!at_end(&scan)) {
		if (!skip_token(&scan))
			return false;
	}
	if (scan.depth > 0)
		return refuse(&scan, scan.opened[scan.depth - 1],
			"the '{' here has no closing '}' before the end of the file");
	return true;
}
