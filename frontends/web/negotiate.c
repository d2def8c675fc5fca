#include "frontends/web/negotiate.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

struct media_type {
	const char *name;
	enum negotiate_form form;
};

static const struct media_type media_types[] = {
	{"text/html", NEGOTIATE_FORM_HTML},
	{"application/xhtml+xml", NEGOTIATE_FORM_HTML},
	{"text/plain", NEGOTIATE_FORM_TEXT},
	{"application/json", NEGOTIATE_FORM_JSON},
	{"application/problem+json", NEGOTIATE_FORM_JSON},
};

static const char *const text_agents[] = {
	"curl/",
	"wget", /* BusyBox gives no version */
	"toybox wget/",
	"uclient-fetch",
	"httpie/",
	"libwww-perl/",
	"lwp",
	"python-requests/",
	"python-httpx/",
	"python-urllib/",
	"powershell/",
	"fetch ",
	"libfetch/",
	"fetch/",
	"xh/",
	"nushell",
	"openbsd ftp",
};

/* Agents that give their own name after another one. */
struct inner_agent {
	const char *begin;
	const char *inside;
};

static const struct inner_agent inner_text_agents[] = {
	{"mozilla/", "powershell/"},
	{"python/", "aiohttp/"},
};

enum { NO_FORM = -1 };

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

/* In thousandths; an invalid weight counts as 1, like a missing one. */
static int read_weight(const char *text)
{
	if (text[0] != '0')
		return 1000;
	int weight = 0;
	int scale = 100;
	for (text += text[1] == '.' ? 2 : 1; *text >= '0' && *text <= '9' && scale > 0; text++) {
		weight += (*text - '0') * scale;
		scale /= 10;
	}
	return weight;
}

/* Finds ";q=" among the parameters from \p text up to \p end. */
static int find_weight(const char *text, const char *end)
{
	while ((text = memchr(text, ';', (size_t)(end - text))) != NULL) {
		text = skip_blanks(text + 1);
		if (strncasecmp(text, "q=", 2) == 0)
			return read_weight(text + 2);
	}
	return 1000;
}

static int find_form(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof media_types / sizeof *media_types; i++) {
		if (strlen(media_types[i].name) == length &&
			strncasecmp(media_types[i].name, text, length) == 0)
			return (int)media_types[i].form;
	}
	return NO_FORM;
}

/* Returns whether Accept names a form; sets \p ret_no_html if it rules out HTML. */
static bool read_accept(const char *accept, enum negotiate_form *ret_form, bool *ret_no_html)
{
	int best = 0;
	while (*accept != '\0') {
		accept = skip_blanks(accept);
		const char *end = accept + strcspn(accept, ",");
		int form = find_form(accept, strcspn(accept, " \t;,"));
		int weight = find_weight(accept, end);
		if (form != NO_FORM && weight > best) {
			best = weight;
			*ret_form = (enum negotiate_form)form;
		}
		if (form == NEGOTIATE_FORM_HTML && weight == 0)
			*ret_no_html = true;
		accept = *end == ',' ? end + 1 : end;
	}
	return best > 0;
}

static bool begins_with(const char *text, const char *begin)
{
	return strncasecmp(text, begin, strlen(begin)) == 0;
}

static bool is_text_agent(const char *agent)
{
	for (size_t i = 0; i < sizeof inner_text_agents / sizeof *inner_text_agents; i++) {
		if (begins_with(agent, inner_text_agents[i].begin))
			return strcasestr(agent, inner_text_agents[i].inside) != NULL;
	}
	for (size_t i = 0; i < sizeof text_agents / sizeof *text_agents; i++) {
		if (begins_with(agent, text_agents[i]))
			return true;
	}
	return false;
}

static bool is_empty(const char *field)
{
	return field == NULL || field[0] == '\0';
}

enum negotiate_form negotiate(const char *accept, const char *user_agent)
{
	enum negotiate_form form = NEGOTIATE_FORM_HTML;
	bool no_html = false;
	if (accept != NULL && read_accept(accept, &form, &no_html))
		return form;
	if (no_html || (is_empty(accept) && is_empty(user_agent)))
		return NEGOTIATE_FORM_TEXT;
	if (user_agent != NULL && is_text_agent(user_agent))
		return NEGOTIATE_FORM_TEXT;
	return NEGOTIATE_FORM_HTML;
}
