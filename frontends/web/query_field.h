/** Reads the fields of a query, as a form sends them. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_QUERY_FIELD_H
#define QUOTED_FRONTENDS_WEB_QUERY_FIELD_H

#include <stdbool.h>

#include "core/base/buffer.h"

/**
 * Reads the field that \p query begins with ("q=an+apple&page=2") and moves \p query to the next,
 * or to its end. Sets the name and the value, decoded (application/x-www-form-urlencoded, WHATWG
 * URL 5.1). Returns false if either contains a NUL or is not UTF-8.
 */
bool query_field_next(const char **query, struct buffer *ret_name, struct buffer *ret_value);

/**
 * Finds the first field called \p name in \p query and appends its value to \p out, as
 * query_field_next() reads it; appends nothing if there is none. Returns false if the value
 * contains a NUL or is not UTF-8.
 */
bool query_field_find(const char *query, const char *name, struct buffer *out);

/** Sets \p number to that in a field; leaves it if the field is missing or empty. Leaves it and
 * returns false if the field is not a number from 1 to \p maximum. */
bool query_field_number(const char *query, const char *name, long maximum, long *number);

#endif
