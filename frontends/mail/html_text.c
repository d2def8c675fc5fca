#include "frontends/mail/html_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/utf8.h"

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
	static const char *const blocks[] = {"p", "div", "br", "li", "ul", "ol", "tr", "td",
		"table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "hr", "body", "html", "th",
		"dl", "dt", "dd", "center", "address", "section", "article", "header"};
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

/* U+00A0 to U+00FF. */
static const char *const latin[] = {"nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar",
	"sect", "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr", "deg", "plusmn",
	"sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm", "raquo",
	"frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc", "Atilde", "Auml",
	"Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute",
	"Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times",
	"Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave",
	"aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute",
	"ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute",
	"ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml",
	"yacute", "thorn", "yuml"};

static const struct {
	const char *name;
	uint32_t code;
} others[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''},
	{"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201C}, {"rdquo", 0x201D},
	{"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026}, {"euro", 0x20AC},
	{"zwnj", 0x200C}, {"zwj", 0x200D}};

/* Returns the character of that name, or 0. */
static uint32_t find_name(const char *name, size_t length)
{
	for (uint32_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (strncasecmp(name, others[i].name, length) == 0 &&
			others[i].name[length] == '\0')
			return others[i].code;
	for (uint32_t i = 0; i < sizeof latin / sizeof latin[0]; i++)
		if (latin[i][0] == *name && strncmp(name, latin[i], length) == 0 &&
			latin[i][length] == '\0')
			return 0xA0 + i;
	return 0;
}

/* Returns the character of that number, as in "#233" or "#xE9", or 0. */
static uint32_t read_number(const char *text, size_t length)
{
	bool hexadecimal = length > 1 && (text[1] | 0x20) == 'x';
	char *end = NULL;
	if (length > 9)
		return 0;
	unsigned long code = strtoul(text + 1 + hexadecimal, &end, hexadecimal ? 16 : 10);
	bool control = code <= ' ' || (code >= 0x7F && code < 0xA0);
	return end == text + length && !control ? (uint32_t)code : 0;
}

/* Returns what follows the character reference at text, or the ampersand if it is not one. */
static const char *read_reference(const char *text, struct buffer *out)
{
	const char *name = text + 1;
	size_t length = *name == '#';
	uint32_t code = 0;
	while (isalnum((unsigned char)name[length]))
		length++;
	if (name[length] == ';')
		code = *name == '#' ? read_number(name, length) : find_name(name, length);
	if (utf8_append(code == 0xA0 ? ' ' : code, out))
		return name + length + 1;
	buffer_append(out, "&", 1);
	return name;
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
