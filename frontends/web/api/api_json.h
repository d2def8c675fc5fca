/** What the API writes; other addresses write JSON with the same functions. docs/openapi.yaml
 * describes it. */
#ifndef QUOTED_FRONTENDS_WEB_API_API_JSON_H
#define QUOTED_FRONTENDS_WEB_API_API_JSON_H

#include "frontends/kit/json_writer.h"
#include "frontends/web/visit.h"

/** Returns the object of a quote: id, text, author, language, collection, length and url, which is
 * absolute if it is known where people find us. */
struct json_writer *api_json_quote(const struct visit *visit, const struct quote *quote);

/** As api_json_quote(), with a date: the day whose quote it is. */
struct json_writer *api_json_quote_of_day(
	const struct visit *visit, const struct quote *quote, int64_t day);

/** Writes a quote as the content of the visit's reply: as text, if that is its form, else as JSON,
 * with the \p day whose quote it is, or NULL; no JSON if the client has it. */
void api_json_answer(struct visit *visit, const struct quote *quote, const int64_t *day);

/** Returns an array of the quotes of an answer. */
struct json_writer *api_json_quotes(const struct visit *visit, const struct ask_answer *answer);

/** Returns an array of collections or authors: name and count of each. */
struct json_writer *api_json_groups(const struct ask_group *groups, size_t count);

#endif
