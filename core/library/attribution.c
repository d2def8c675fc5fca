#include "core/library/attribution.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "core/base/utf8.h"
#include "core/library/name_guess.h"

/* With this indentation "--word" is an author, not an option. */
enum { FAR_RIGHT = 8, CONTINUATION_LINES_MAX = 8, SIGNS_MAX = 3, DASH_OCTETS = 3 };

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

/* Returns the start of the line that ends before octet \p end, and its indentation. */
static size_t line_before(const char *text, size_t end, size_t *ret_indent)
{
	const char *line_feed = memrchr(text, '\n', end);
	size_t start = line_feed != NULL ? (size_t)(line_feed - text) + 1 : 0;
	*ret_indent = count_blanks(text + start, end - start);
	return start;
}

/* Whether a line above octet \p end starts with dashes, indented as far or farther, as in a
 * dialogue or a list. */
static bool is_one_of_many(const char *text, size_t end, size_t indent)
{
	while (end > 0) {
		size_t above;
		size_t start = line_before(text, end - 1, &above);
		size_t at = start + above;
		if (above >= indent && dash_length(text + at, end - 1 - at) > 0)
			return true;
		end = start;
	}
	return false;
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

/* Whether the line at octet \p start is part of a dialogue: far to the left, after dashes. */
static bool is_speech(const struct quote *quote, size_t start, size_t indent)
{
	size_t body = trim(quote->text, start);
	return indent < FAR_RIGHT &&
	       (ends_in(quote->text, body, ":") || ends_in(quote->text, quote->length, "!?"));
}

/* Finds the last line with dashes. All lines below it must be indented at least as far. */
static bool find_dashes(struct quote *quote)
{
	const char *text = quote->text;
	size_t start, indent, mark, end = quote->length, least_indent = SIZE_MAX;
	for (int below = 0;; below++) {
		start = line_before(text, end, &indent);
		mark = mark_length(text + start + indent, end - start - indent, indent);
		if (mark > 0 || below == CONTINUATION_LINES_MAX || start == 0 || indent == 0)
			break;
		least_indent = indent < least_indent ? indent : least_indent;
		end = start - 1;
	}
	if (mark == 0 || start == 0 || indent > least_indent || is_speech(quote, start, indent) ||
		is_one_of_many(text, start, indent))
		return false;
	set(quote, start, start + indent + mark, quote->length);
	return true;
}

/* Whether a line above octet \p end begins with the same sign, or names an author already. */
static bool is_repeated(const char *text, size_t end, char sign)
{
	while (end > 0) {
		size_t indent;
		size_t start = line_before(text, end - 1, &indent);
		size_t at = start + indent;
		if (text[at] == sign || mark_length(text + at, end - 1 - at, indent) > 0)
			return true;
		end = start;
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
	size_t indent;
	size_t line = line_before(quote->text, quote->length, &indent);
	size_t start = line + indent;
	char sign = quote->text[start];
	if (line == 0 || start == quote->length || strchr("-~(", sign) == NULL ||
		is_repeated(quote->text, line, sign))
		return false;
	if (sign == '(')
		return find_parenthesis(quote, line, start);
	return !ends_in(quote->text, trim(quote->text, line), "?:") &&
	       find_after(quote, line, start + 1);
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
