#include "core/library/attribution.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/base/utf8.h"
#include "core/library/name_guess.h"

/* With this indentation "--word" is an author, not an option. */
enum { FAR_RIGHT = 8, CONTINUATION_LINES_MAX = 8, SIGNS_MAX = 3, DASH_OCTETS = 3 };

struct line {
	size_t start;
	size_t length;
	size_t indent;
	size_t dashes; /* octets of the dashes and the blanks after them if they mark an author,
			  else 0 */
};

static size_t count_blanks(const char *text, size_t length)
{
	size_t blanks = 0;
	while (blanks < length && text[blanks] == ' ')
		blanks++;
	return blanks;
}

/* Two hyphens, or any number of em dashes or horizontal bars. */
static size_t dash_length(const char *text, size_t left)
{
	size_t length = 0;
	if (left > 2 && strncmp(text, "--", 2) == 0 && text[2] != '-')
		return 2;
	while (left > length + DASH_OCTETS &&
		(strncmp(text + length, "\u2014", DASH_OCTETS) == 0 ||
			strncmp(text + length, "\u2015", DASH_OCTETS) == 0))
		length += DASH_OCTETS;
	return length;
}

/* An author begins with a letter or a digit, perhaps after two other signs; no drawing does. */
static bool can_begin(const char *text, size_t left)
{
	size_t at = 0;
	for (int i = 0; i < SIGNS_MAX && at < left; i++) {
		if (utf8_is_alphanumeric(text + at, left - at))
			return true;
		at += utf8_code_point(text + at, left - at);
	}
	return false;
}

/* Returns the octets from the dashes to the name if the line can name an author, else 0. */
static size_t mark_length(const char *text, size_t left, size_t indent)
{
	size_t dashes = dash_length(text, left);
	if (dashes == 0)
		return 0;
	size_t blanks = count_blanks(text + dashes, left - dashes);
	size_t mark = dashes + blanks;
	if (mark == left || !can_begin(text + mark, left - mark))
		return 0;
	if (blanks > 0 || indent >= FAR_RIGHT)
		return mark;
	/* Right after the dashes, a small letter may begin an option. */
	bool named = indent > 0 ? !utf8_is_lower(text + mark, left - mark)
				: name_guess(text + mark, left - mark);
	return named ? mark : 0;
}

/* Reads the line that ends before octet \p end. */
static struct line line_before(const char *text, size_t end)
{
	const char *line_feed = memrchr(text, '\n', end);
	struct line line = {.start = line_feed != NULL ? (size_t)(line_feed - text) + 1 : 0};
	line.length = end - line.start;
	line.indent = count_blanks(text + line.start, line.length);
	line.dashes = mark_length(
		text + line.start + line.indent, line.length - line.indent, line.indent);
	return line;
}

/* Whether a line above starts with dashes at least as far to the right, as in a dialogue or a
 * list. */
static bool is_one_of_many(const char *text, const struct line *mark)
{
	size_t end = mark->start;
	while (end > 0) {
		struct line above = line_before(text, end - 1);
		size_t dashes =
			dash_length(text + above.start + above.indent, above.length - above.indent);
		if (dashes > 0 && above.indent >= mark->indent)
			return true;
		end = above.start;
	}
	return false;
}

/* Returns the line with the mark if all lines below it are indented at least as far; dashes is 0 if
 * there is none. */
static struct line find_mark(const struct quote *quote)
{
	struct line line = line_before(quote->text, quote->length);
	size_t least_indent = line.indent;
	for (int i = 0; i < CONTINUATION_LINES_MAX && line.dashes == 0 && line.start > 0; i++) {
		if (least_indent == 0 || line.length == 0)
			return line;
		line = line_before(quote->text, line.start - 1);
		if (line.dashes == 0 && line.indent < least_indent)
			least_indent = line.indent;
	}
	if (line.indent > least_indent)
		line.dashes = 0;
	return line;
}

/* Returns \p end without the blanks and line feeds before it. */
static size_t trim(const char *text, size_t end)
{
	while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n'))
		end--;
	return end;
}

static bool ends_in(const char *text, size_t length, const char *signs)
{
	return length > 0 && strchr(signs, text[length - 1]) != NULL;
}

static bool ends_sentence(const char *text, size_t length)
{
	static const char signs[] =
		".!?\"\u2026\u201C\u201D\u2019\u00AB\u00BB\u3002\uFF01\uFF1F\u300D\u300F";
	char last[5] = "";
	size_t size = length > 0 ? utf8_last_code_point(text, length) : 0;
	memcpy(last, text + length - size, size);
	return size > 0 && strstr(signs, last) != NULL;
}

static void set(struct quote *quote, size_t body_end, size_t author, size_t author_end)
{
	quote->body_length = trim(quote->text, body_end);
	quote->author = quote->text + author;
	quote->author_length = author_end - author;
}

/* Whether the line is part of a dialogue: far to the left, after dashes. */
static bool is_speech(const struct quote *quote, const struct line *mark)
{
	size_t body = trim(quote->text, mark->start);
	return mark->indent < FAR_RIGHT &&
	       (ends_in(quote->text, body, ":") || ends_in(quote->text, quote->length, "!?"));
}

static bool find_dashes(struct quote *quote)
{
	struct line mark = find_mark(quote);
	if (mark.dashes == 0 || mark.start == 0 || is_speech(quote, &mark) ||
		is_one_of_many(quote->text, &mark))
		return false;
	set(quote, mark.start, mark.start + mark.indent + mark.dashes, quote->length);
	return true;
}

/* Whether a line above begins with the same sign, or names an author already. */
static bool is_repeated(const char *text, size_t end, char sign)
{
	while (end > 0) {
		struct line above = line_before(text, end - 1);
		if (above.dashes > 0 ||
			(above.length > above.indent && text[above.start + above.indent] == sign))
			return true;
		end = above.start;
	}
	return false;
}

/* Finds "(Name)" from octet \p start to the end; "(By Name)" too. */
static bool find_parenthesis(struct quote *quote, size_t body_end, size_t start)
{
	size_t author = start + 1;
	size_t end = quote->length - 1;
	if (quote->text[end] != ')' || end <= author)
		return false;
	if (strncasecmp(quote->text + author, "by ", 3) == 0 && end - author > 3)
		author += 3;
	if (!name_guess(quote->text + author, end - author))
		return false;
	set(quote, body_end, author, end);
	return true;
}

/* Finds a name from octet \p start, after a sign, to the end. */
static bool find_after(struct quote *quote, size_t body_end, size_t start)
{
	size_t author = start + count_blanks(quote->text + start, quote->length - start);
	if (!name_guess(quote->text + author, quote->length - author))
		return false;
	set(quote, body_end, author, quote->length);
	return true;
}

/* An answer to a question is not its author. */
static bool find_last_line(struct quote *quote)
{
	struct line last = line_before(quote->text, quote->length);
	size_t start = last.start + last.indent;
	char sign = quote->text[start];
	if (last.start == 0 || start == quote->length || strchr("-~(", sign) == NULL ||
		is_repeated(quote->text, last.start, sign))
		return false;
	if (sign == '(')
		return find_parenthesis(quote, last.start, start);
	return !ends_in(quote->text, trim(quote->text, last.start), "?:") &&
	       find_after(quote, last.start, start + 1);
}

/* Whether a sign begins an attribution at octet \p at: after a blank, or a dash after a sentence.
 */
static bool is_sign(const char *text, size_t at)
{
	bool apart = at == 0 || text[at - 1] == ' ';
	if (dash_length(text + at, DASH_OCTETS + 1) == 0)
		return apart && strchr("-~(", text[at]) != NULL;
	return apart || (text[at] != '-' && ends_sentence(text, at));
}

/* Returns the octet of the last sign before octet \p end, or \p end if there is none. */
static size_t find_sign(const char *text, size_t end)
{
	size_t at = end;
	while (at-- > 0)
		if (is_sign(text, at))
			return at;
	return end;
}

/* Only after the end of a sentence, and not in a dialogue. */
static bool find_in_line(struct quote *quote)
{
	const char *text = quote->text;
	size_t start = find_sign(text, quote->length);
	if (start == quote->length || !ends_sentence(text, trim(text, start)))
		return false;
	if (text[start] == '(')
		return find_parenthesis(quote, start, start);
	size_t dashes = dash_length(text + start, quote->length - start);
	size_t other = find_sign(text, start);
	if (text[0] == text[start] || (dashes == 0 && other != start && text[other] == text[start]))
		return false;
	return find_after(quote, start, start + (dashes > 0 ? dashes : 1));
}

void attribution_find(struct quote *quote)
{
	quote->body_length = quote->length;
	quote->author = NULL;
	quote->author_length = 0;
	if (find_dashes(quote) || find_last_line(quote))
		return;
	if (memchr(quote->text, '\n', quote->length) == NULL)
		find_in_line(quote);
}
