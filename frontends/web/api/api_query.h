/** The parameters of an address of the API. A table says which there are; others, and other values,
 * are refused. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_API_API_QUERY_H
#define QUOTED_FRONTENDS_WEB_API_API_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "frontends/keeper/ask.h"

enum {
	API_QUERY_MAX = 10,        /* parameters of a table */
	API_QUERY_TEXT_MAX = 500,  /* code points of a text */
	API_QUERY_PAGE_MAX = 1000, /* number of a page */
};

enum api_query_type {
	API_QUERY_TYPE_TEXT,     /* code points, from minimum to maximum of them */
	API_QUERY_TYPE_NUMBER,   /* a whole number from minimum to maximum */
	API_QUERY_TYPE_DAY,      /* "2026-11-24", as day_parse() reads it */
	API_QUERY_TYPE_LANGUAGE, /* a tag, see language_is_tag() */
	API_QUERY_TYPE_CURSOR,   /* next of the answer before, see cursor.h */
};

/** A parameter; it may be left out, but not empty. */
struct api_query_row {
	const char *name; /* NULL ends the table */
	enum api_query_type type;
	long minimum; /* of TEXT and NUMBER; that of TEXT is 1 or more */
	long maximum; /* below 10^9 */
};

/** The values of the parameters. */
struct api_query {
	const struct api_query_row *rows;
	struct buffer values[API_QUERY_MAX]; /* of each row; empty: left out */
};

/** Why a query is refused. */
struct api_query_fault {
	char parameter[ASK_ECHO_SIZE]; /* its name, as ask_echo() writes it */
	struct error detail;           /* what is wrong and what is allowed, a sentence */
};

/** Reads \p query, as query_field.h does. Returns false if a parameter is unknown, given twice or
 * has a bad value; then there is nothing to finish. */
bool api_query_read(const char *query, const struct api_query_row *rows,
	struct api_query *ret_query, struct api_query_fault *ret_fault);

/** Returns the value of a parameter, valid as long as \p query; NULL if it was left out or the
 * table has no such parameter. */
const char *api_query_text(const struct api_query *query, const char *name);

/** Returns the value of a NUMBER, or \p fallback if there is none. */
size_t api_query_number(const struct api_query *query, const char *name, size_t fallback);

/** Returns the value of a DAY, as day_of() does, or \p fallback if there is none. */
int64_t api_query_day(const struct api_query *query, const char *name, int64_t fallback);

/** Frees the values. */
void api_query_finish(struct api_query *query);

#endif
