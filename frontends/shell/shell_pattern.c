#include "frontends/shell/shell_pattern.h"

#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 50, REASON_SIZE = 200, REPEATS_MAX = 32767 };

/* A pattern while its size is found. */
struct measuring {
	const char *at;
	size_t sums[DEPTH_MAX]; /* of each open group and the whole */
	unsigned depth;
	size_t last; /* size of what a repeat would be of */
};

/* Steps behind "[...]", where "]" may come first and inside of "[:...:]". */
static const char *skip_bracket(const char *at)
{
	at += 1 + (at[1] == '^');
	at += *at == ']';
	while (*at != '\0' && *at != ']') {
		if (at[0] == '[' && at[1] != '\0' && strchr(":.=", at[1]) != NULL) {
			const char *end = strstr(at + 2, (const char[]){at[1], ']', '\0'});
			at = end != NULL ? end + 1 : at + 1;
		}
		at += *at != '\0';
	}
	return at + (*at != '\0');
}

static void add_atom(struct measuring *measuring, size_t size)
{
	measuring->sums[measuring->depth] += size;
	measuring->last = size;
}

/* What stands before is there once already. */
static void multiply(struct measuring *measuring, size_t copies)
{
	size_t last = measuring->last;
	add_atom(measuring, last * (copies - 1));
	measuring->last = last * copies;
}

/* A node of its own, which a repeat behind it repeats too. */
static void add_operator(struct measuring *measuring)
{
	size_t last = measuring->last;
	add_atom(measuring, 1);
	measuring->last = last + 1;
}

/* "{3}", "{3,5}"; "{3,}" is made of three and another with a star. */
static void add_braces(struct measuring *measuring)
{
	unsigned long most = strtoul(measuring->at + 1, NULL, 10);
	const char *end = measuring->at + strcspn(measuring->at, "}");
	const char *comma = memchr(measuring->at, ',', (size_t)(end - measuring->at));
	most = most > REPEATS_MAX ? REPEATS_MAX : most;
	if (comma != NULL)
		most = comma[1] == '}' ? most + 1 : strtoul(comma + 1, NULL, 10);
	most = most > REPEATS_MAX ? REPEATS_MAX : most;
	multiply(measuring, most > 1 ? most : 1);
	if (comma != NULL)
		add_operator(measuring);
	measuring->at = end + (*end != '\0');
}

/* "+" is "{1,}". */
static void add_repeat(struct measuring *measuring)
{
	if (*measuring->at == '{') {
		add_braces(measuring);
		return;
	}
	if (*measuring->at++ == '+')
		multiply(measuring, 2);
	add_operator(measuring);
}

static void step(struct measuring *measuring)
{
	const char *at = measuring->at++;
	if (*at == '(' && measuring->depth + 1 < DEPTH_MAX) {
		measuring->sums[++measuring->depth] = 0;
	} else if (*at == ')' && measuring->depth > 0) {
		size_t inner = measuring->sums[measuring->depth--];
		add_atom(measuring, inner + 1);
	} else if (strchr("{*+?", *at) != NULL) {
		measuring->at = at;
		add_repeat(measuring);
	} else {
		add_atom(measuring, 1);
		measuring->at = *at == '[' ? skip_bracket(at) : at + 1 + (*at == '\\' && at[1]);
	}
}

/* Returns the size, more than the limit also where it is deeper than anybody would write it. */
static size_t size_of(const char *text)
{
	struct measuring measuring = {.at = text};
	while (*measuring.at != '\0' && measuring.sums[measuring.depth] <= SHELL_PATTERN_MAX) {
		if (*measuring.at == '(' && measuring.depth + 1 == DEPTH_MAX)
			return SHELL_PATTERN_MAX + 1;
		step(&measuring);
	}
	return measuring.sums[measuring.depth];
}

static bool has_back_reference(const char *text)
{
	while (*text != '\0') {
		if (*text == '[')
			text = skip_bracket(text);
		else if (*text == '\\' && text[1] >= '1' && text[1] <= '9')
			return true;
		else
			text += 1 + (*text == '\\' && text[1] != '\0');
	}
	return false;
}

static bool compile(
	struct shell_pattern *pattern, const char *text, bool ignore_case, struct error *reterr)
{
	char reason[REASON_SIZE];
	int flags = REG_EXTENDED | REG_NOSUB | REG_NEWLINE | (ignore_case ? REG_ICASE : 0);
	locale_t before = uselocale(pattern->locale);
	int code = regcomp(&pattern->regex, text, flags);
	uselocale(before);
	if (code == 0)
		return true;
	regerror(code, &pattern->regex, reason, sizeof reason);
	error_set(reterr, "--match: '%s': %s", text, reason);
	return false;
}

bool shell_pattern_init(
	struct shell_pattern *pattern, const char *text, bool ignore_case, struct error *reterr)
{
	if (size_of(text) > SHELL_PATTERN_MAX)
		error_set(reterr,
			"--match: the pattern is larger than %d characters, repeats "
			"counted; shorten it",
			SHELL_PATTERN_MAX);
	else if (has_back_reference(text))
		error_set(
			reterr, "--match: '%s': there are no back-references; write it out", text);
	else {
		pattern->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
		if (pattern->locale == (locale_t)0)
			pattern->locale = newlocale(LC_CTYPE_MASK, "C", (locale_t)0);
		if (compile(pattern, text, ignore_case, reterr))
			return true;
		freelocale(pattern->locale);
	}
	return false;
}

bool shell_pattern_matches(const struct shell_pattern *pattern, const char *text)
{
	locale_t before = uselocale(pattern->locale);
	bool found = regexec(&pattern->regex, text, 0, NULL, 0) == 0;
	uselocale(before);
	return found;
}

void shell_pattern_finish(struct shell_pattern *pattern)
{
	regfree(&pattern->regex);
	freelocale(pattern->locale);
}
