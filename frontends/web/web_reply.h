/** The header of a reply, and the content of an error. */
#ifndef QUOTED_FRONTENDS_WEB_WEB_REPLY_H
#define QUOTED_FRONTENDS_WEB_WEB_REPLY_H

#include "frontends/web/visit.h"

/** Fills in the reply for \p route, which has no view: an error, a redirect, or no content. */
void web_reply_fail(struct http_reply *reply, const struct route *route, const struct page *page,
	const struct http_request *request);

/** Says that the content is also found at \p path below the top, as "q/870ctwss9317.txt", and will
 * stay there. */
void web_reply_locate(struct visit *visit, const char *path);

/** Makes the reply a redirect to \p path below the top, as "q/870ctwss9317", which is relative and
 * may not be kept. Write nothing. */
void web_reply_move(struct visit *visit, const char *path);

/** Fills in all of the reply but its content, which the view has written; does nothing if the visit
 * has failed. */
void web_reply_finish(struct visit *visit);

#endif
