#include "frontends/web/negotiate.h"

#include <stddef.h>

#include <criterion/criterion.h>

#define FIREFOX "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
#define BROWSER_ACCEPT "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

struct row {
	const char *accept;
	const char *agent;
	enum negotiate_form form;
};

static const struct row rows[] = {
	{NULL, NULL, NEGOTIATE_FORM_TEXT},
	{"", "", NEGOTIATE_FORM_TEXT},
	{"", FIREFOX, NEGOTIATE_FORM_HTML},
	{"*/*", NULL, NEGOTIATE_FORM_HTML},
	{BROWSER_ACCEPT, FIREFOX, NEGOTIATE_FORM_HTML},
	{"*/*", FIREFOX, NEGOTIATE_FORM_HTML},
	{"*/*", "curl/7.88.1", NEGOTIATE_FORM_TEXT},
	{NULL, "CURL/8", NEGOTIATE_FORM_TEXT},
	{"*/*", "Wget/1.21.3", NEGOTIATE_FORM_TEXT},
	{"*/*", "Wget2/2.1.0", NEGOTIATE_FORM_TEXT},
	{NULL, "Wget", NEGOTIATE_FORM_TEXT},
	{NULL, "toybox wget/0.8.11", NEGOTIATE_FORM_TEXT},
	{NULL, "uclient-fetch", NEGOTIATE_FORM_TEXT},
	{NULL, "Python-urllib/3.11", NEGOTIATE_FORM_TEXT},
	{NULL, "LWP::Simple/6.68 libwww-perl/6.68", NEGOTIATE_FORM_TEXT},
	{"*/*", "HTTPie/3.2.1", NEGOTIATE_FORM_TEXT},
	{NULL, "lwp-request/6.68 libwww-perl/6.68", NEGOTIATE_FORM_TEXT},
	{"*/*", "python-requests/2.28.1", NEGOTIATE_FORM_TEXT},
	{"*/*", "python-httpx/0.23.3", NEGOTIATE_FORM_TEXT},
	{"*/*", "Python/3.11 aiohttp/3.8.4", NEGOTIATE_FORM_TEXT},
	{NULL, "Mozilla/5.0 (Windows NT 10.0; en-US) PowerShell/7.4.1", NEGOTIATE_FORM_TEXT},
	{NULL, "Mozilla/5.0 (Windows NT; Windows NT 10.0) WindowsPowerShell/5.1",
		NEGOTIATE_FORM_TEXT},
	{"*/*", "fetch libfetch/2.0", NEGOTIATE_FORM_TEXT},
	{"*/*", "xh/0.22.0", NEGOTIATE_FORM_TEXT},
	{"*/*", "nushell", NEGOTIATE_FORM_TEXT},
	{"*/*", "OpenBSD ftp", NEGOTIATE_FORM_TEXT},
	{"*/*", "xhtml-reader/1", NEGOTIATE_FORM_HTML},
	{"*/*", "", NEGOTIATE_FORM_HTML},
	/* Accept wins over the user agent. */
	{"text/html", "curl/7.88.1", NEGOTIATE_FORM_HTML},
	{"application/json", "curl/7.88.1", NEGOTIATE_FORM_JSON},
	{"application/json, */*;q=0.5", "HTTPie/3.2.1", NEGOTIATE_FORM_JSON},
	{"application/problem+json", FIREFOX, NEGOTIATE_FORM_JSON},
	{"text/plain", FIREFOX, NEGOTIATE_FORM_TEXT},
	{"Text/Plain ; charset=utf-8", FIREFOX, NEGOTIATE_FORM_TEXT},
	{"text/plain;q=0.5, application/json;q=0.9", NULL, NEGOTIATE_FORM_JSON},
	{"text/plain;q=0.5,text/html;q=0.51", NULL, NEGOTIATE_FORM_HTML},
	{"text/plain, text/html", NULL, NEGOTIATE_FORM_TEXT},
	{"text/plain;q=0, */*", NULL, NEGOTIATE_FORM_HTML},
	{"text/html;q=0, */*", NULL, NEGOTIATE_FORM_TEXT},
	{"text/html;q=0.0, application/json;q=0.001", NULL, NEGOTIATE_FORM_JSON},
	{"text/html; level=1; q=0.2, text/plain;q=0.3", NULL, NEGOTIATE_FORM_TEXT},
	{"image/png", NULL, NEGOTIATE_FORM_HTML},
	{"text/*", "curl/8", NEGOTIATE_FORM_TEXT},
	/* Rubbish gets an answer too. */
	{",,;q=,;", "", NEGOTIATE_FORM_HTML},
	{"text/plain;q=9", NULL, NEGOTIATE_FORM_TEXT},
	{"text/plainx", NULL, NEGOTIATE_FORM_HTML},
	{"text/plain;q=0.", NULL, NEGOTIATE_FORM_HTML},
	{";;;;text/html", NULL, NEGOTIATE_FORM_HTML},
};

Test(negotiate, forms)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		enum negotiate_form form = negotiate(rows[i].accept, rows[i].agent);
		cr_assert_eq(form, rows[i].form, "%s from %s: %d", rows[i].accept, rows[i].agent,
			(int)form);
	}
}
