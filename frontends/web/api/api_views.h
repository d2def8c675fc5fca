/** What the addresses of the API share. */
#ifndef QUOTED_FRONTENDS_WEB_API_API_VIEWS_H
#define QUOTED_FRONTENDS_WEB_API_API_VIEWS_H

#include "frontends/web/api/api_query.h"
#include "frontends/web/visit.h"

/** Reads the query of a visit, as api_query_read() does. Returns false if the visit has failed: a
 * parameter was refused. */
bool api_views_read(
	struct visit *visit, const struct api_query_row *rows, struct api_query *ret_query);

/** As api_views_read() for an address that takes no parameters. */
bool api_views_read_none(struct visit *visit);

/** As api_views_read_none() for an address that takes the parameters of \p rows. */
bool api_views_takes(struct visit *visit, const struct api_query_row *rows);

/** As api_views_takes() for a page, which ignores what else the query has: only the number that a
 * parameter has must be from 1 to \p maximum. */
bool api_views_takes_number(struct visit *visit, const char *name, long maximum);

/** The parameters of a search. */
extern const struct api_query_row api_views_search_rows[];

/** Answers with the quotes that match the parameter q. */
void api_views_search(struct visit *visit);

#endif
