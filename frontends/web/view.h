/** The addresses of the site. Each view answers one of them; a file x_views.c has a table of them.
 */
#ifndef QUOTED_FRONTENDS_WEB_VIEW_H
#define QUOTED_FRONTENDS_WEB_VIEW_H

#include "frontends/web/negotiate.h"

struct visit;

/** The forms that a view has. */
enum {
	VIEW_HTML = 1 << NEGOTIATE_FORM_HTML,
	VIEW_TEXT = 1 << NEGOTIATE_FORM_TEXT,
	VIEW_JSON = 1 << NEGOTIATE_FORM_JSON,
	VIEW_ALL = VIEW_HTML | VIEW_TEXT | VIEW_JSON,
	/* Beside several forms: its text and JSON have parameters, which it checks itself. Without
	 * it, these forms refuse any; pages ignore what they do not know, since links to them get
	 * parameters on their way. */
	VIEW_QUERY = 8,
	VIEW_POST = 16, /* it takes a form by POST too */
};

/** An address and what answers it. */
struct view {
	/* "/random"; if it ends in a slash, a name follows, as in "/q/"; NULL ends a table */
	const char *path;
	/* of VIEW_*; if there are several, a suffix of the path or the request's fields choose */
	unsigned forms;
	/** Writes the content of the visit's reply, or asks for what it needs (visit_ask()), or
	 * fails (visit_fail()). */
	void (*answer)(struct visit *visit);
};

/** The tables. */
extern const struct view about_views[];
extern const struct view api_day_views[];
extern const struct view api_group_views[];
extern const struct view api_oembed_views[];
extern const struct view api_views[];
extern const struct view browse_views[];
extern const struct view day_views[];
extern const struct view feed_views[];
extern const struct view month_views[];
extern const struct view quote_views[];
extern const struct view search_views[];
extern const struct view site_views[];
extern const struct view sitemap_views[];
extern const struct view subscribe_views[];

#endif
