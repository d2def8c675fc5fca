#include "core/search_rank.h"

#include <stddef.h>

#include <sqlite3.h>

enum { PHRASES_MAX = 64 };

/* The usual parameters of BM25. */
static const double saturation = 1.2;
static const double length_weight = 0.75;

/* How often each phrase is in the row, by the weights of the columns. */
static int count_phrases(const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_value **weights,
	int weight_count, double counts[PHRASES_MAX])
{
	int instances = 0;
	int code = api->xInstCount(row, &instances);
	for (int i = 0; code == SQLITE_OK && i < instances; i++) {
		int phrase, column, offset;
		code = api->xInst(row, i, &phrase, &column, &offset);
		if (code == SQLITE_OK && phrase < PHRASES_MAX && column < weight_count)
			counts[phrase] += sqlite3_value_double(weights[column]);
	}
	return code;
}

/* Returns in \p ret_length the length of the row, 1 being the average. */
static int measure(const Fts5ExtensionApi *api, Fts5Context *row, double *ret_length)
{
	sqlite3_int64 rows = 0, total = 0;
	int tokens = 0;
	int code = api->xColumnSize(row, -1, &tokens);
	if (code == SQLITE_OK)
		code = api->xRowCount(row, &rows);
	if (code == SQLITE_OK)
		code = api->xColumnTotalSize(row, -1, &total);
	*ret_length = total > 0 ? (double)tokens * (double)rows / (double)total : 1;
	return code;
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *context, int count,
	sqlite3_value **weights)
{
	double counts[PHRASES_MAX] = {0};
	double length;
	double score = 0;
	int code = count_phrases(api, row, weights, count, counts);
	if (code == SQLITE_OK)
		code = measure(api, row, &length);
	if (code != SQLITE_OK) {
		sqlite3_result_error_code(context, code);
		return;
	}
	double damping = saturation * (1 - length_weight + length_weight * length);
	for (int i = 0; i < PHRASES_MAX; i++)
		score += counts[i] * (saturation + 1) / (counts[i] + damping);
	sqlite3_result_double(context, -score);
}

bool search_rank_install(struct sqlite3 *database)
{
	fts5_api *api = NULL;
	sqlite3_stmt *statement = NULL;
	if (sqlite3_prepare_v2(database, "SELECT fts5(?)", -1, &statement, NULL) != SQLITE_OK)
		return false;
	sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
	sqlite3_step(statement);
	sqlite3_finalize(statement);
	return api != NULL &&
	       api->xCreateFunction(api, "quote_rank", NULL, rank, NULL) == SQLITE_OK;
}
