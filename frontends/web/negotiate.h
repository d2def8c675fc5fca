/** Chooses the form of an answer: a page, text or JSON. */
#ifndef QUOTED_FRONTENDS_WEB_NEGOTIATE_H
#define QUOTED_FRONTENDS_WEB_NEGOTIATE_H

enum negotiate_form { NEGOTIATE_FORM_HTML, NEGOTIATE_FORM_TEXT, NEGOTIATE_FORM_JSON };

/**
 * Chooses by the fields Accept and User-Agent; either may be NULL. Of the types that Accept names,
 * the one with the highest weight wins, the first of equals; wildcards do not count. If Accept
 * names none, clients that rule out HTML and programs for terminals and scripts get text, and all
 * others HTML: RFC 9110 section 12.5.1 allows an answer that is not acceptable.
 */
enum negotiate_form negotiate(const char *accept, const char *user_agent);

#endif
