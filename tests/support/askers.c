#include "tests/support/askers.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/choice/quoter.h"
#include "tests/support/loop_support.h"
#include "tests/support/scratch.h"

enum { QUOTES = 4000, REPEATED = 300 };

/* Finds every quote and ranks each by all of its words. */
const char askers_slow[] = "s* s* s* s* s* s* s* s* s* s* s* s* s* s* s* s*";

static void must(bool succeeded, const char *what)
{
	if (succeeded)
		return;
	fprintf(stderr, "askers: %s\n", what);
	abort();
}

struct asker *askers_open(struct quoter *quoter, struct searcher *searcher, const char *name)
{
	static const struct strings all = {0};
	struct error error;
	struct quote_wire wire = {.name = name, .collections = &all};
	struct asker *asker = asker_create(quoter, searcher, &wire, &error);
	must(asker != NULL, error.text);
	return asker;
}

void askers_write_slow(const char *path, bool same)
{
	struct buffer text = {0};
	for (int i = 0; i < QUOTES; i++) {
		buffer_format(&text, "quote%d", i);
		for (int j = 0; j < REPEATED; j++)
			buffer_format(&text, " slow%.0d", same ? 0 : i * REPEATED + j);
		buffer_add(&text, "\n%\n");
	}
	scratch_write(path, text.data, text.length);
	buffer_finish(&text);
}

struct searching {
	struct asker *asker;
	enum ask_outcome wanted;
	bool answered;
	enum ask_outcome outcome;
};

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct searching *searching = data;
	searching->answered = true;
	searching->outcome = answer->outcome;
}

static void ask(struct searching *searching)
{
	struct ask ask = {.kind = ASK_KIND_SEARCH, .text = "quote7", .limit = 1};
	searching->answered = false;
	asker_ask(searching->asker, &ask, on_answer, searching);
}

static bool is_answered(void *data)
{
	return ((const struct searching *)data)->answered;
}

enum ask_outcome askers_search(struct asker *asker, struct ev_loop *loop)
{
	struct searching searching = {.asker = asker};
	ev_now_update(loop);
	ask(&searching);
	must(loop_support_until(loop, is_answered, &searching), "a search is not answered");
	return searching.outcome;
}

/* One question a turn of the loop. */
static bool is_as_wanted(void *data)
{
	struct searching *searching = data;
	if (searching->answered && searching->outcome == searching->wanted)
		return true;
	if (searching->answered)
		ask(searching);
	return false;
}

void askers_search_until(struct asker *asker, struct ev_loop *loop, enum ask_outcome outcome)
{
	struct searching searching = {.asker = asker, .wanted = outcome};
	ask(&searching);
	must(loop_support_until(loop, is_as_wanted, &searching), "no search has that outcome");
}
