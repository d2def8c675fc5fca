#include "frontends/mail/html_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Returns whether the tag at text, behind its "<" or "</", has that name. */
static bool is_tag(const char *text, const char *name)
{
	size_t length = strlen(name);
	char end = '\0';
	if (strncasecmp(text, name, length) == 0)
		end = text[length];
	return is_blank(end) || end == '>' || end == '/';
}

static bool is_any(const char *text, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_tag(text, names[i]))
			return true;
	return false;
}

static const char *after(const char *text, const char *end)
{
	const char *found = strcasestr(text, end);
	return found != NULL ? found + strlen(end) : text + strlen(text);
}

/* Returns what follows the element of that name whose start is at text, with those inside it. */
static const char *skip_element(const char *text, const char *name)
{
	int depth = 0;
	for (; *text != '\0'; text++) {
		bool ends = text[0] == '<' && text[1] == '/';
		if (text[0] == '<' && is_tag(text + 1 + ends, name))
			depth += ends ? -1 : 1;
		if (ends && depth <= 0)
			return after(text, ">");
	}
	return text;
}

/* Returns what follows the tag at text, with the line end that it means. */
static const char *read_tag(const char *text, struct buffer *out)
{
	static const char *const hidden[] = {"style", "script", "title"};
	static const char *const blocks[] = {"p", "div", "br", "li", "ul", "ol", "tr", "table",
		"h1", "h2", "h3", "h4", "pre", "hr", "body", "html"};
	const char *name = text + 1 + (text[1] == '/');
	if (strncmp(text, "<!--", 4) == 0)
		return after(text, "-->");
	for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
		if (text[1] != '/' && is_tag(name, hidden[i]))
			return skip_element(text, hidden[i]);
	if (text[1] != '/' && is_tag(name, "blockquote")) {
		buffer_add(out, "\n>\n");
		return skip_element(text, "blockquote");
	}
	if (is_any(name, blocks, sizeof blocks / sizeof blocks[0]))
		buffer_add(out, "\n");
	return after(text, ">");
}

/* Returns what follows the character reference at text, or the ampersand if it is not one. */
static const char *read_reference(const char *text, struct buffer *out)
{
	static const struct {
		const char *name;
		char c;
	} known[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'},
		{"&apos;", '\''}, {"&nbsp;", ' '}, {"&#160;", ' '}};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (strncasecmp(text, known[i].name, strlen(known[i].name)) == 0) {
			buffer_append(out, &known[i].c, 1);
			return text + strlen(known[i].name);
		}
	}
	bool number = text[1] == '#' && text[2] >= '0' && text[2] <= '9';
	char *end = NULL;
	long code = number ? strtol(text + 2, &end, 10) : 0;
	bool ascii = code > ' ' && code < 0x7f && *end == ';';
	char c = ascii ? (char)code : '&';
	buffer_append(out, &c, 1);
	return ascii ? end + 1 : text + 1;
}

void html_text_read(const char *html, struct buffer *out)
{
	buffer_add(out, "");
	while (*html != '\0') {
		if (*html == '<') {
			html = read_tag(html, out);
		} else if (*html == '&') {
			html = read_reference(html, out);
		} else {
			buffer_append(out, is_blank(*html) ? " " : html, 1);
			html++;
		}
	}
}
