#include "frontends/keeper/searcher.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "frontends/keeper/search_queue.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { QUOTES = 4000, REPEATED = 300, STATES = LIBRARIAN_STATE_FAILED + 1 };

/* Reads all, and ranks each by all of its words: that takes longer than a search may. */
static const char slow[] = "s* s* s* s* s* s* s* s* s* s* s* s* s* s* s* s*";

/* A searcher and what it answered. */
struct asking {
	struct quotes quotes;
	struct ev_loop *loop;
	struct searcher *searcher;
	struct librarian_search *again; /* cancelled in its own callback */
	int answers[STATES];
	int answered;
	int expected;
};

/* All words are the same, or none. */
static void write_quotes(bool same)
{
	struct buffer text = {0};
	for (int i = 0; i < QUOTES; i++) {
		buffer_format(&text, "quote%d", i);
		for (int j = 0; j < REPEATED; j++)
			buffer_format(&text, " slow%.0d", same ? 0 : i * REPEATED + j);
		buffer_add(&text, "\n%\n");
	}
	scratch_write("file", text.data, text.length);
	buffer_finish(&text);
}

static void start(struct asking *asking, bool same)
{
	scratch_enter();
	write_quotes(same);
	quotes_open_one(&asking->quotes, "fortune:file");
	asking->loop = loop_support_create();
	asking->searcher =
		searcher_create(asking->loop, asking->quotes.quoter, &asking->quotes.rng);
	cr_assert_not_null(asking->searcher);
}

static void finish(struct asking *asking)
{
	searcher_destroy(asking->searcher);
	ev_loop_destroy(asking->loop);
	quotes_finish(&asking->quotes);
	scratch_leave();
}

static void on_answer(void *data, const struct librarian_answer *answer)
{
	struct asking *asking = data;
	asking->answers[answer->state]++;
	asking->answered++;
	cr_assert_eq(answer->reason == NULL, answer->state == LIBRARIAN_STATE_DONE);
	if (asking->again != NULL)
		searcher_cancel(asking->again);
}

static bool is_answered(void *data)
{
	const struct asking *asking = data;
	return asking->answered >= asking->expected;
}

static struct librarian_search *ask(struct asking *asking, unsigned wire, const char *query)
{
	ev_now_update(asking->loop);
	return searcher_search(asking->searcher, wire, query, 0, 10, on_answer, asking);
}

static void await(struct asking *asking, int answers)
{
	asking->expected = asking->answered + answers;
	cr_assert(loop_support_until(asking->loop, is_answered, asking));
}

/* Asks until the state is that one. */
static void await_state(struct asking *asking, enum librarian_state state)
{
	double begun = ev_time();
	while (asking->answers[state] == 0) {
		cr_assert_lt(ev_time() - begun, 60);
		ask(asking, 0, "quote7");
		await(asking, 1);
	}
}

static void start_indexed(struct asking *asking)
{
	start(asking, true);
	searcher_index(asking->searcher);
	await_state(asking, LIBRARIAN_STATE_DONE);
	memset(asking->answers, 0, sizeof asking->answers);
}

/* Each takes half a second: those that are left after two are told so, and others have their turn
 * before. */
Test(searcher, lets_no_wire_hold_up_the_others)
{
	struct asking asking = {0};
	start_indexed(&asking);
	unsigned other;
	struct error error;
	struct strings none = {0};
	struct quote_wire wire = {.name = "other", .collections = &none};
	cr_assert(quoter_add_wire(asking.quotes.quoter, &wire, &other, &error));
	double begun = ev_time();
	for (int i = 0; i < 1 + SEARCH_QUEUE_WIRE_MAX; i++)
		ask(&asking, 0, slow);
	ask(&asking, 0, "quote7");
	await(&asking, 1);
	cr_assert_eq(asking.answers[LIBRARIAN_STATE_BUSY], 1, "there is no room for it");
	ask(&asking, other, "quote7");
	while (asking.answers[LIBRARIAN_STATE_DONE] == 0)
		await(&asking, 1);
	cr_assert_leq(asking.answers[LIBRARIAN_STATE_TOO_LONG], 2, "it waits for one alone");
	await(&asking, 1 + SEARCH_QUEUE_WIRE_MAX - asking.answers[LIBRARIAN_STATE_TOO_LONG]);
	cr_assert_gt(asking.answers[LIBRARIAN_STATE_BUSY], 5);
	cr_assert_lt(ev_time() - begun, 6);
	finish(&asking);
}

Test(searcher, forgets_what_is_cancelled)
{
	struct asking asking = {0};
	struct librarian_search *searches[1 + SEARCH_QUEUE_WIRE_MAX];
	start_indexed(&asking);
	int before = asking.answered;
	double begun = ev_time();
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < 1 + SEARCH_QUEUE_WIRE_MAX; i++)
			searches[i] = ask(&asking, 0, slow);
		for (int i = 0; i < 1 + SEARCH_QUEUE_WIRE_MAX; i++)
			searcher_cancel(searches[i]);
		ask(&asking, 0, "quote7");
		await(&asking, 1);
	}
	cr_assert_eq(asking.answered, before + 20);
	cr_assert_eq(asking.answers[LIBRARIAN_STATE_DONE], 20);
	cr_assert_lt(ev_time() - begun, 5, "half of what one search each time would take");
	finish(&asking);
}

Test(searcher, can_be_cancelled_while_it_is_told)
{
	struct asking asking = {0};
	start_indexed(&asking);
	asking.again = ask(&asking, 0, "quote7");
	await(&asking, 1);
	asking.again = ask(&asking, 0, "");
	await(&asking, 1);
	finish(&asking);
}

Test(searcher, answers_at_a_stop)
{
	struct asking asking = {0};
	start_indexed(&asking);
	for (int i = 0; i < SEARCH_QUEUE_WIRE_MAX; i++)
		ask(&asking, 0, slow);
	double begun = ev_time();
	searcher_stop(asking.searcher);
	searcher_stop(asking.searcher);
	ask(&asking, 0, "quote7");
	await(&asking, SEARCH_QUEUE_WIRE_MAX + 1);
	cr_assert_eq(asking.answers[LIBRARIAN_STATE_BUSY], SEARCH_QUEUE_WIRE_MAX + 1);
	cr_assert_lt(ev_time() - begun, 1);
	finish(&asking);
}

/* What is still asked is nobody's business any more. */
Test(searcher, ends_with_the_searcher)
{
	struct asking asking = {0};
	start_indexed(&asking);
	for (int i = 0; i < SEARCH_QUEUE_WIRE_MAX; i++)
		ask(&asking, 0, slow);
	ask(&asking, 0, "");
	int before = asking.answered;
	finish(&asking);
	cr_assert_eq(asking.answered, before);
}

/* A file that may not grow is what a full directory is. */
Test(searcher, makes_the_index_once_there_is_room)
{
	struct asking asking = {0};
	struct rlimit room, none;
	start(&asking, false);
	cr_assert_eq(getrlimit(RLIMIT_FSIZE, &room), 0);
	none = room;
	none.rlim_cur = 0;
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &none), 0);
	searcher_index(asking.searcher);
	await_state(&asking, LIBRARIAN_STATE_FAILED);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &room), 0);
	await_state(&asking, LIBRARIAN_STATE_DONE);
	finish(&asking);
}
