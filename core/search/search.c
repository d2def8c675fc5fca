#include "core/search/search.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>

#include "core/base/mem.h"
#include "core/search/search_words.h"

enum { STEPS_BETWEEN_CHECKS = 100, MS = 1000, NS_A_MS = 1000000 };
enum { PHRASES_MAX = 64 };

/* The usual parameters of BM25. */
static const double saturation = 1.2;
static const double length_weight = 0.75;
/* About the average of Debian's quotes. A constant, so that the other quotes do not matter. */
static const double usual_tokens = 40;

struct search {
	sqlite3 *database;
	sqlite3_stmt *add;
	sqlite3_stmt *find;
	int64_t deadline_ms;
	const atomic_bool *cancel; /* of the search that runs; may be NULL */
	struct strings file_tags;  /* of each file, while indexing */
	struct buffer text;        /* used again for each quote */
	struct buffer tags;
};

static const char schema[] = "PRAGMA journal_mode = OFF;"
			     "PRAGMA synchronous = OFF;"
			     "PRAGMA cache_size = -4096;"
			     "CREATE VIRTUAL TABLE quotes USING fts5(text, author, tags,"
			     " content = '', tokenize = \"unicode61 remove_diacritics 0"
			     " categories 'L* N* M* Co'\");"
			     "BEGIN";
static const char add_sql[] = "INSERT INTO quotes (rowid, text, author, tags) VALUES (?, ?, ?, ?)";
/* Rows come in the order of their ids, which are hashes: the first are some by chance. The outer
 * limit keeps SQLite from making one query of the two, which would rank all. */
static const char find_sql[] =
	"SELECT rowid FROM (SELECT rowid, quote_rank(quotes, 1.0, 0.5, 0.0) AS score FROM quotes"
	" WHERE quotes MATCH ?1 LIMIT ?2) ORDER BY score, rowid LIMIT ?2";

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

static void make_file_tags(struct search *search, const struct library *library)
{
	struct buffer tags = {0};
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		const char *collection = library->collections->items[file->collection].name;
		struct search_place place = {collection, NULL, NULL};
		buffer_clear(&tags);
		search_words_tag(&place, &tags);
		place = (struct search_place){collection, file->name, file->language};
		buffer_add(&tags, " ");
		search_words_tag(&place, &tags);
		if (place.language != NULL) {
			buffer_add(&tags, " ");
			search_words_language_tag(&place, &tags);
		}
		strings_add(&search->file_tags, tags.data);
	}
	buffer_finish(&tags);
}

static void add_file_tags(struct search *search, uint32_t file)
{
	buffer_add(&search->tags, " ");
	buffer_add(&search->tags, search->file_tags.items[file]);
}

static void add_quote_tags(struct search *search, const char *tags)
{
	const char *tag;
	size_t length;
	while ((tag = notes_next_tag(&tags, &length)) != NULL) {
		buffer_add(&search->tags, " ");
		search_words_quote_tag(tag, length, &search->tags);
	}
}

static int64_t rowid_of(uint64_t id)
{
	return (int64_t)id; /* 60 bits */
}

static bool add_quote(struct search *search, const struct library *library, uint32_t index)
{
	struct quote quote = quote_store_get(&library->store, index);
	uint32_t share_count;
	const struct library_share *shares = library_shares_of(library, index, &share_count);
	buffer_clear(&search->text);
	search_words_segment(quote.text, quote.length, &search->text);
	size_t length = search->text.length;
	if (quote.author != NULL)
		search_words_segment(quote.author, quote.author_length, &search->text);
	buffer_clear(&search->tags);
	buffer_add(&search->tags, search_words_tag_all);
	add_file_tags(search, library_file_of(library, index));
	for (uint32_t i = 0; i < share_count; i++)
		add_file_tags(search, shares[i].file);
	add_quote_tags(search, notes_find_tags(&library->notes, quote.id));
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

static bool add_all(struct search *search, const struct library *library,
	const unsigned char *candidates, const atomic_bool *cancel, struct error *reterr)
{
	/* In the order of the ids: FTS5 writes out what it has whenever a row comes before the
	 * last. */
	for (uint32_t i = 0; i < library->store.count; i++) {
		if (cancel != NULL && atomic_load(cancel)) {
			error_set(reterr, "the search index: building was cancelled");
			return false;
		}
		uint32_t quote = library->store.order[i];
		if ((candidates == NULL || candidates[quote] != 0) &&
			!add_quote(search, library, quote))
			return fail(search, reterr);
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
	return (search->cancel != NULL && atomic_load(search->cancel)) ||
	       (search->deadline_ms > 0 && now_ms() > search->deadline_ms);
}

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

static void rank(const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *context, int count,
	sqlite3_value **weights)
{
	double counts[PHRASES_MAX] = {0};
	int tokens = 0;
	double score = 0;
	int code = count_phrases(api, row, weights, count, counts);
	if (code == SQLITE_OK)
		code = api->xColumnSize(row, -1, &tokens);
	if (code != SQLITE_OK) {
		sqlite3_result_error_code(context, code);
		return;
	}
	double length = (double)tokens / usual_tokens;
	double damping = saturation * (1 - length_weight + length_weight * length);
	for (int i = 0; i < PHRASES_MAX; i++)
		score += counts[i] * (saturation + 1) / (counts[i] + damping);
	sqlite3_result_double(context, -score);
}

/* Gives FTS5 the function quote_rank(TABLE, WEIGHT...), with a weight for each column: BM25 without
 * what depends on other quotes: the rarity of the words and the average length. */
static bool install_rank(sqlite3 *database)
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

static bool build(struct search *search, const struct library *library,
	const unsigned char *candidates, const atomic_bool *cancel, struct error *reterr)
{
	if (sqlite3_open("", &search->database) != SQLITE_OK || !install_rank(search->database) ||
		sqlite3_exec(search->database, schema, NULL, NULL, NULL) != SQLITE_OK ||
		!prepare(search, add_sql, &search->add))
		return fail(search, reterr);
	make_file_tags(search, library);
	if (!add_all(search, library, candidates, cancel, reterr))
		return false;
	if (sqlite3_exec(search->database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK ||
		!prepare(search, find_sql, &search->find))
		return fail(search, reterr);
	/* What building needed is not kept for asking. */
	sqlite3_db_release_memory(search->database);
	sqlite3_progress_handler(search->database, STEPS_BETWEEN_CHECKS, on_progress, search);
	return true;
}

struct search *search_create(const struct library *library, const unsigned char *candidates,
	const atomic_bool *cancel, struct error *reterr)
{
	struct search *search = mem_alloc(sizeof *search);
	bool built = build(search, library, candidates, cancel, reterr);
	strings_finish(&search->file_tags);
	buffer_finish(&search->text);
	buffer_finish(&search->tags);
	sqlite3_finalize(search->add);
	search->add = NULL;
	if (built)
		return search;
	search_destroy(search);
	return NULL;
}

/* All are counted by what ranks them: asking for a page and for their number takes twice as long.
 */
static int find_hits(struct search *search, const char *match, const struct search_options *options,
	struct search_hits *hits)
{
	int code;
	hits->ids = mem_alloc((options->limit + 1) * sizeof *hits->ids);
	sqlite3_bind_text(search->find, 1, match, -1, SQLITE_STATIC);
	sqlite3_bind_int(search->find, 2, SEARCH_HITS_MAX);
	for (; (code = sqlite3_step(search->find)) == SQLITE_ROW; hits->total++)
		if (hits->total >= options->offset && hits->count < options->limit)
			hits->ids[hits->count++] = (uint64_t)sqlite3_column_int64(search->find, 0);
	sqlite3_reset(search->find);
	return code;
}

bool search_run(struct search *search, const char *match, const struct search_options *options,
	struct search_hits *ret_hits, struct error *reterr)
{
	*ret_hits = (struct search_hits){0};
	search->deadline_ms = now_ms() + options->budget_ms;
	search->cancel = options->cancel;
	int code = find_hits(search, match, options, ret_hits);
	if (code == SQLITE_DONE)
		return true;
	search_hits_finish(ret_hits);
	ret_hits->ended = code == SQLITE_INTERRUPT;
	if (!ret_hits->ended)
		error_set(reterr, "the search failed: %s", sqlite3_errmsg(search->database));
	return ret_hits->ended;
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
	sqlite3_close(search->database);
	free(search);
}
