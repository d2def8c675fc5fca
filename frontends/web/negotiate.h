/** Which form of an answer a client wants. */
#ifndef QUOTED_FRONTENDS_WEB_NEGOTIATE_H
#define QUOTED_FRONTENDS_WEB_NEGOTIATE_H

enum negotiate_form { NEGOTIATE_FORM_HTML, NEGOTIATE_FORM_TEXT, NEGOTIATE_FORM_JSON };

/**
 * Chooses by the fields Accept and User-Agent; either may be NULL. The best that Accept names by
 * type wins, the first of equals; wildcards name none, and then programs that people use at a
 * terminal get text and all else HTML. There is always an answer (RFC 9110 section 12.5.1 allows
 * that).
 */
enum negotiate_form negotiate(const char *accept, const char *user_agent);

#endif
