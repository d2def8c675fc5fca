#include "core/search.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

#include "core/mem.h"
#include "core/search_query.h"

enum { STEPS_BETWEEN_CHECKS = 2000, MS = 1000, NS_A_MS = 1000000, LOOK_EVERY = 1024 };

struct search {
	sqlite3 *database;
	sqlite3_stmt *add;
	sqlite3_stmt *find;
	sqlite3_stmt *count;
	int64_t deadline_ms;
	struct buffer text; /* used again for each quote */
	struct buffer tags;
};

static const char schema[] = "PRAGMA journal_mode = OFF;"
			     "PRAGMA synchronous = OFF;"
			     "PRAGMA cache_size = -4096;"
			     "CREATE VIRTUAL TABLE quotes USING fts5(text, author, tags,"
			     " content = '', tokenize = \"unicode61 remove_diacritics 2\");"
			     "BEGIN";
static const char add_sql[] = "INSERT INTO quotes (rowid, text, author, tags) VALUES (?, ?, ?, ?)";
static const char find_sql[] = "SELECT rowid FROM quotes WHERE quotes MATCH ?"
			       " ORDER BY bm25(quotes, 1.0, 0.5, 0.0), rowid LIMIT ? OFFSET ?";
static const char count_sql[] = "SELECT count(*) FROM quotes WHERE quotes MATCH ?";

static bool fail(const struct search *search, struct error *reterr)
{
	int code = search->database != NULL ? sqlite3_errcode(search->database) : SQLITE_NOMEM;
	if (code == SQLITE_FULL || code == SQLITE_IOERR)
		error_set(reterr,
			"the search index cannot be written; make room in the temporary directory");
	else
		error_set(reterr, "the search index: %s", sqlite3_errstr(code));
	return false;
}

static bool prepare(struct search *search, const char *sql, sqlite3_stmt **ret_statement)
{
	return sqlite3_prepare_v3(search->database, sql, -1, SQLITE_PREPARE_PERSISTENT,
		       ret_statement, NULL) == SQLITE_OK;
}

static void add_tag(struct search *search, const char *collection, const char *file)
{
	struct search_place place = {collection, file};
	search_query_tag(&place, &search->tags);
	buffer_add(&search->tags, " ");
}

static void add_file_tags(struct search *search, const struct library *library, uint32_t file_index)
{
	const struct library_file *file = &library->files[file_index];
	const char *collection = library->collections->items[file->collection].name;
	add_tag(search, collection, NULL);
	add_tag(search, collection, file->name);
}

static int64_t rowid_of(uint64_t id)
{
	return (int64_t)id; /* 60 bits */
}

static bool add_quote(
	struct search *search, const struct library *library, uint32_t index, uint32_t file)
{
	struct quote quote = quote_store_get(&library->store, index);
	uint32_t share_count;
	const struct library_share *shares = library_shares_of(library, index, &share_count);
	buffer_clear(&search->text);
	search_query_segment(quote.text, quote.length, &search->text);
	size_t length = search->text.length;
	if (quote.author != NULL)
		search_query_segment(quote.author, quote.author_length, &search->text);
	buffer_clear(&search->tags);
	buffer_add(&search->tags, search_query_tag_all);
	buffer_add(&search->tags, " ");
	add_file_tags(search, library, file);
	for (uint32_t i = 0; i < share_count; i++)
		add_file_tags(search, library, shares[i].file);
	sqlite3_bind_int64(search->add, 1, rowid_of(quote.id));
	sqlite3_bind_text(search->add, 2, search->text.data, (int)length, SQLITE_STATIC);
	sqlite3_bind_text(search->add, 3, search->text.data + length,
		(int)(search->text.length - length), SQLITE_STATIC);
	sqlite3_bind_text(
		search->add, 4, search->tags.data, (int)search->tags.length, SQLITE_STATIC);
	bool added = sqlite3_step(search->add) == SQLITE_DONE;
	sqlite3_reset(search->add);
	return added;
}

static bool add_all(struct search *search, const struct library *library, const atomic_bool *cancel,
	struct error *reterr)
{
	for (uint32_t file = 0; file < library->file_count; file++) {
		for (uint32_t i = 0; i < library->files[file].count; i++) {
			if (i % LOOK_EVERY == 0 && cancel != NULL && atomic_load(cancel)) {
				error_set(reterr, "the search index is not wanted any more");
				return false;
			}
			if (!add_quote(search, library, library->files[file].first + i, file))
				return fail(search, reterr);
		}
	}
	return true;
}

static int64_t now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * MS + now.tv_nsec / NS_A_MS;
}

static int on_progress(void *data)
{
	const struct search *search = data;
	return search->deadline_ms > 0 && now_ms() > search->deadline_ms;
}

static bool build(struct search *search, const struct library *library, const atomic_bool *cancel,
	struct error *reterr)
{
	if (sqlite3_open("", &search->database) != SQLITE_OK ||
		sqlite3_exec(search->database, schema, NULL, NULL, NULL) != SQLITE_OK ||
		!prepare(search, add_sql, &search->add))
		return fail(search, reterr);
	if (!add_all(search, library, cancel, reterr))
		return false;
	if (sqlite3_exec(search->database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK ||
		!prepare(search, find_sql, &search->find) ||
		!prepare(search, count_sql, &search->count))
		return fail(search, reterr);
	sqlite3_progress_handler(search->database, STEPS_BETWEEN_CHECKS, on_progress, search);
	return true;
}

struct search *search_create(
	const struct library *library, const atomic_bool *cancel, struct error *reterr)
{
	struct search *search = mem_alloc(sizeof *search);
	bool built = build(search, library, cancel, reterr);
	buffer_finish(&search->text);
	buffer_finish(&search->tags);
	sqlite3_finalize(search->add);
	search->add = NULL;
	if (built)
		return search;
	search_destroy(search);
	return NULL;
}

static enum search_outcome judge(const struct search *search, int code, struct error *reterr)
{
	if (code == SQLITE_DONE || code == SQLITE_ROW)
		return SEARCH_OUTCOME_DONE;
	if (code == SQLITE_INTERRUPT) {
		error_set(reterr, "Too many quotes match: add a word.");
		return SEARCH_OUTCOME_TOO_LONG;
	}
	error_set(reterr, "The search failed: %s.", sqlite3_errmsg(search->database));
	return SEARCH_OUTCOME_FAILED;
}

static int count_hits(struct search *search, const char *match, struct search_hits *hits)
{
	sqlite3_bind_text(search->count, 1, match, -1, SQLITE_STATIC);
	int code = sqlite3_step(search->count);
	if (code == SQLITE_ROW)
		hits->total = (size_t)sqlite3_column_int64(search->count, 0);
	sqlite3_reset(search->count);
	return code;
}

static int find_hits(struct search *search, const char *match, const struct search_options *options,
	struct search_hits *hits)
{
	int code;
	hits->ids = mem_alloc((options->limit + 1) * sizeof *hits->ids);
	sqlite3_bind_text(search->find, 1, match, -1, SQLITE_STATIC);
	sqlite3_bind_int64(search->find, 2, (int64_t)options->limit);
	sqlite3_bind_int64(search->find, 3, (int64_t)options->offset);
	while ((code = sqlite3_step(search->find)) == SQLITE_ROW)
		hits->ids[hits->count++] = (uint64_t)sqlite3_column_int64(search->find, 0);
	sqlite3_reset(search->find);
	return code;
}

enum search_outcome search_run(struct search *search, const char *match,
	const struct search_options *options, struct search_hits *ret_hits, struct error *reterr)
{
	*ret_hits = (struct search_hits){0};
	search->deadline_ms = now_ms() + options->budget_ms;
	int code = count_hits(search, match, ret_hits);
	if (code == SQLITE_ROW)
		code = find_hits(search, match, options, ret_hits);
	enum search_outcome outcome = judge(search, code, reterr);
	if (outcome != SEARCH_OUTCOME_DONE)
		search_hits_finish(ret_hits);
	return outcome;
}

void search_hits_finish(struct search_hits *hits)
{
	free(hits->ids);
	*hits = (struct search_hits){0};
}

void search_destroy(struct search *search)
{
	if (search == NULL)
		return;
	sqlite3_finalize(search->find);
	sqlite3_finalize(search->count);
	sqlite3_close(search->database);
	buffer_finish(&search->text);
	buffer_finish(&search->tags);
	free(search);
}
