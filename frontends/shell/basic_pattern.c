#include "frontends/shell/basic_pattern.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define DIGITS "0123456789"

/* What stands before the rest: it decides what "*" and "^" mean. */
enum before { BEFORE_START, BEFORE_ANCHOR, BEFORE_ATOM, BEFORE_REPEAT };

/* The last row is a backslash at the end, which PCRE2 refuses. */
static const struct escape {
	const char *text;
	enum before before;
	char letter;
} escapes[] = {
	{"(", BEFORE_START, '('},
	{"|", BEFORE_START, '|'},
	{")", BEFORE_ATOM, ')'},
	{"[[:<:]]", BEFORE_ANCHOR, '<'},
	{"[[:>:]]", BEFORE_ANCHOR, '>'},
	{"\\A", BEFORE_ANCHOR, '`'},
	{"\\z", BEFORE_ANCHOR, '\''},
	{"\\b", BEFORE_ANCHOR, 'b'},
	{"\\B", BEFORE_ANCHOR, 'B'},
	{"\\w", BEFORE_ATOM, 'w'},
	{"\\W", BEFORE_ATOM, 'W'},
	{"\\s", BEFORE_ATOM, 's'},
	{"\\S", BEFORE_ATOM, 'S'},
	{"\\", BEFORE_ATOM, '\0'},
};

struct translating {
	const char *at;
	struct buffer *out;
	enum before before;
	const char *problem;
};

static void add(struct translating *translating, const char *text, enum before before)
{
	buffer_add(translating->out, text);
	translating->before = before;
}

static void add_literal(struct translating *translating, char octet)
{
	if (ispunct((unsigned char)octet))
		buffer_add(translating->out, "\\");
	buffer_append(translating->out, &octet, 1);
	translating->before = BEFORE_ATOM;
}

/* Without anything to repeat, the operator stands for itself. */
static void add_repeat(struct translating *translating, char operator)
{
	if (translating->before == BEFORE_REPEAT)
		translating->problem = "this repeats what is repeated already";
	else if (translating->before == BEFORE_ATOM)
		add(translating, (const char[]){operator, '\0'}, BEFORE_REPEAT);
	else
		add_literal(translating, operator);
}

/* "\{3\}", "\{3,\}", "\{,5\}" or "\{3,5\}". */
static void add_interval(struct translating *translating)
{
	const char *low = translating->at;
	const char *comma = low + strspn(low, DIGITS);
	const char *end = *comma == ',' ? comma + 1 + strspn(comma + 1, DIGITS) : comma;
	if (translating->before != BEFORE_ATOM)
		translating->problem = "there is nothing to repeat";
	else if (end == low || strncmp(end, "\\}", 2) != 0)
		translating->problem = "this is not \\{3\\}, \\{3,\\} or \\{3,5\\}";
	if (translating->problem != NULL)
		return;
	buffer_format(translating->out, "{%s%.*s}", comma == low ? "0" : "", (int)(end - low), low);
	translating->before = BEFORE_REPEAT;
	translating->at = end + strlen("\\}");
}

/* In braces, so that no digit behind it is taken for its own. */
static void add_back_reference(struct translating *translating, char digit)
{
	buffer_format(translating->out, "\\g{%c}", digit);
	translating->before = BEFORE_ATOM;
}

static void add_escape(struct translating *translating)
{
	char letter = *translating->at;
	const struct escape *row = escapes;
	translating->at += letter != '\0';
	while (row->letter != letter && row->letter != '\0')
		row++;
	if (row->letter == letter)
		add(translating, row->text, row->before);
	else if (letter == '+' || letter == '?')
		add_repeat(translating, letter);
	else if (letter == '{')
		add_interval(translating);
	else if (letter >= '1' && letter <= '9')
		add_back_reference(translating, letter);
	else if (isalnum((unsigned char)letter))
		translating->problem = "this escape means nothing";
	else
		add_literal(translating, letter);
}

/* In brackets PCRE2 has backslashes, and POSIX has "]" as the first that is listed. */
static void add_bracket(struct translating *translating)
{
	const char *at = translating->at;
	bool negated = *at == '^';
	add(translating, negated ? "[^\n" : "[", BEFORE_ATOM);
	at += negated;
	for (bool first = true; *at != '\0' && (first || *at != ']'); first = false) {
		const char *end = strncmp(at, "[:", 2) == 0 ? strstr(at, ":]") : NULL;
		size_t length = end != NULL ? (size_t)(end - at) + 2 : 1;
		if (*at == '\\' || (first && (*at == ']' || *at == '-')))
			buffer_add(translating->out, "\\");
		buffer_append(translating->out, at, length);
		at += length;
	}
	buffer_add(translating->out, *at != '\0' ? "]" : "");
	translating->at = at + (*at != '\0');
}

/* Returns whether what follows ends an alternative. */
static bool is_end(const char *at)
{
	return *at == '\0' || strncmp(at, "\\)", 2) == 0 || strncmp(at, "\\|", 2) == 0;
}

static void step(struct translating *translating)
{
	char octet = *translating->at++;
	if (octet == '\\')
		add_escape(translating);
	else if (octet == '[')
		add_bracket(translating);
	else if (octet == '*')
		add_repeat(translating, octet);
	else if (octet == '.')
		add(translating, ".", BEFORE_ATOM);
	else if (octet == '^' && translating->before == BEFORE_START)
		add(translating, "^", BEFORE_ANCHOR);
	else if (octet == '$' && is_end(translating->at))
		add(translating, "$", BEFORE_ANCHOR);
	else
		add_literal(translating, octet);
}

const char *basic_pattern_translate(
	const char *text, size_t limit, struct buffer *out, const char **ret_problem)
{
	struct translating translating = {.at = text, .out = out};
	while (*translating.at != '\0' && translating.problem == NULL && out->length <= limit)
		step(&translating);
	*ret_problem = translating.problem;
	return translating.at;
}
