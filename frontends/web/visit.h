/** A request under way: asks for what its view needs, and makes the reply. */
#ifndef QUOTED_FRONTENDS_WEB_VISIT_H
#define QUOTED_FRONTENDS_WEB_VISIT_H

#include "frontends/frontend.h"
#include "frontends/http/httpd.h"
#include "frontends/keeper/asker.h"
#include "frontends/web/page/page.h"
#include "frontends/web/route.h"

/** The site, and the requests under way. At first, \p first is NULL. */
struct visits {
	struct asker *asker;
	const struct page *page;
	const struct frontend_context *context; /* knows how the other front ends are */
	const char *title;                      /* of the site */
	const char *own;                        /* where it listens, as listener_url() says */
	const char *security_contact;           /* a URI; "": none */
	bool logs_requests;                     /* there is an access log */
	struct visit *first;
};

/** Cache-Control of what stays the same for a day, and of what a cache must ask for again. */
#define VISIT_KEEP_A_DAY "public, max-age=86400"
#define VISIT_ASK_AGAIN "no-cache"

/** Receives the answer to a question: FOUND, NONE of a SEARCH or LIST, or MALFORMED of a SEARCH
 * whose answer is a page. */
typedef void visit_callback(struct visit *visit, const struct ask_answer *answer);

/** Receives what became of a wish. */
typedef void visit_wish_callback(
	struct visit *visit, enum frontend_outcome outcome, const char *text);

/** A request. A view writes its content, and sets type and cache if need be; the rest is visit.c's.
 */
struct visit {
	struct visits *visits;
	struct http_request request;
	struct route route;
	struct http_reply *reply;
	const char *type;   /* Content-Type; NULL: that of the form */
	const char *cache;  /* Cache-Control; NULL: "no-store" */
	unsigned max_age;   /* instead: seconds that anyone may keep it; 0: see cache */
	enum ask_kind kind; /* of the question */
	visit_callback *callback;
	struct ask_ticket *question;         /* NULL: none is pending */
	visit_wish_callback *wish_callback;  /* of a wish that is pending; NULL: none is */
	struct httpd_connection *connection; /* to answer once it is answered */
	struct http_reply late_reply;        /* then */
	struct visit *next;
};

/** Answers \p request, whose strings stay until \p connection is answered. Returns true with \p
 * reply filled, or false if the answer takes time: then \p connection is answered later. */
bool visit_begin(struct visits *visits, const struct http_request *request,
	struct httpd_connection *connection, struct http_reply *reply);

/** Answers all requests under way with 503. */
void visit_abandon_all(struct visits *visits);

/** Asks for quotes; \p callback writes the content. Any answer but those that
 * visit_callback receives becomes an error. */
void visit_ask(struct visit *visit, const struct ask *ask, visit_callback *callback);

/** Returns when a quote is mailed to subscribers who choose no time, as "07:00"; NULL: there are no
 * subscriptions. */
const char *visit_daily(const struct visit *visit);

/** Hands a wish to the front end that has subscribers; \p callback writes the content. */
void visit_subscribe(
	struct visit *visit, const struct frontend_wish *wish, visit_wish_callback *callback);

/** Lets the reply be kept until midnight, when another quote is that of the day. */
void visit_keep_today(struct visit *visit);

/** As http_reply_has(). Set cache or max_age before; if neither is set, returns false. */
bool visit_has(struct visit *visit, uint64_t hash);

/** Begins a page of text under \p title, which is HTML; \p path as in page_head. */
void visit_begin_page(const struct visit *visit, const char *title, const char *path);

/** Ends it. */
void visit_end_page(const struct visit *visit);

/** Finds the quote of \p day, of all quotes or of a collection. Returns false if there is none. */
bool visit_find_day(
	const struct visit *visit, int64_t day, const char *collection, struct quote *ret_quote);

/** Makes the reply an error; \p detail is a sentence for people. Write nothing afterwards. */
void visit_fail(struct visit *visit, unsigned status, const char *detail);

/** As visit_fail() with 400, for a parameter of the query. */
void visit_refuse(struct visit *visit, const char *parameter, const char *detail);

#endif
