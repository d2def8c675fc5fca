#include "frontends/keeper/searcher.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

enum { OUTCOMES = ASK_OUTCOME_FAILED + 1, WIRES = 5 };

/* A searcher, and what came of what was asked. */
struct asking {
	struct quotes quotes;
	struct ev_loop *loop;
	struct searcher *searcher;
	struct asker *askers[WIRES];
	struct ask_ticket *again; /* cancelled in its own callback */
	int outcomes[OUTCOMES];
	int answered;
	int expected;
	char reason[ERROR_TEXT_SIZE]; /* the last one */
};

static void start(struct asking *asking, bool same)
{
	static const char *const names[WIRES] = {"a", "b", "c", "d", "e"};
	struct error error;
	scratch_enter();
	askers_write_slow("file", same);
	struct quoter *quoter = quotes_open_one(&asking->quotes, "fortune:file");
	asking->loop = loop_support_create();
	asking->searcher = searcher_create(asking->loop, quoter, &asking->quotes.rng, &error);
	cr_assert_not_null(asking->searcher);
	for (int i = 0; i < WIRES; i++)
		asking->askers[i] = askers_open(quoter, asking->searcher, names[i]);
}

static void finish(struct asking *asking)
{
	searcher_destroy(asking->searcher);
	for (int i = 0; i < WIRES; i++)
		asker_destroy(asking->askers[i]);
	ev_loop_destroy(asking->loop);
	quotes_finish(&asking->quotes);
	scratch_leave();
}

static bool is_indexed(void *data)
{
	return searcher_is_ready(((const struct asking *)data)->searcher);
}

static void start_indexed(struct asking *asking)
{
	start(asking, true);
	searcher_index(asking->searcher);
	cr_assert(loop_support_until(asking->loop, is_indexed, asking));
}

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct asking *asking = data;
	asking->outcomes[answer->outcome]++;
	asking->answered++;
	strcpy(asking->reason, answer->reason);
	cr_assert_eq(answer->reason[0] == '\0', answer->outcome == ASK_OUTCOME_FOUND);
	cr_assert_eq(answer->retry_after > 0, answer->outcome == ASK_OUTCOME_LATER);
	asker_cancel(asking->again);
}

static struct ask_ticket *ask(struct asking *asking, int wire, const char *query)
{
	struct ask ask = {.kind = ASK_KIND_SEARCH, .text = query, .limit = 1};
	ev_now_update(asking->loop);
	return asker_ask(asking->askers[wire], &ask, on_answer, asking);
}

static bool is_answered(void *data)
{
	const struct asking *asking = data;
	return asking->answered >= asking->expected;
}

static void await(struct asking *asking, int answers)
{
	asking->expected += answers;
	cr_assert(loop_support_until(asking->loop, is_answered, asking));
}

/* Each takes half a second: those that are left after two are told so, and others have their turn
 * before. */
Test(searcher, lets_no_wire_hold_up_the_others)
{
	struct asking asking = {0};
	start_indexed(&asking);
	double begun = ev_time();
	for (int i = 0; i < 1 + SEARCHER_WIRE_MAX; i++)
		cr_assert_not_null(ask(&asking, 0, askers_slow));
	cr_assert_null(ask(&asking, 0, "quote7"), "there is no room for it");
	cr_assert_eq(asking.outcomes[ASK_OUTCOME_LATER], 1);
	cr_assert_str_eq(asking.reason, "Too many searches are waiting; try again in a moment.");
	ask(&asking, 1, "quote7");
	await(&asking, 1);
	while (asking.outcomes[ASK_OUTCOME_FOUND] == 0)
		await(&asking, 1);
	cr_assert_leq(asking.outcomes[ASK_OUTCOME_TOO_SLOW], 2, "it waits for one alone");
	await(&asking, 3 + SEARCHER_WIRE_MAX - asking.answered);
	cr_assert_gt(asking.outcomes[ASK_OUTCOME_LATER], 5);
	cr_assert_lt(ev_time() - begun, 6);
	finish(&asking);
}

struct turn {
	int wire;
	char *order; /* what was answered so far */
};

static void on_turn(void *data, const struct ask_answer *answer)
{
	const struct turn *turn = data;
	(void)answer;
	turn->order[strlen(turn->order)] = (char)('a' + turn->wire);
}

static bool is_complete(void *data)
{
	return strlen(data) == 7;
}

/* All wait for the same slow one. */
Test(searcher, gives_each_wire_its_turn)
{
	static const int wires[] = {2, 2, 2, 0, 2, 4, 0};
	enum { COUNT = sizeof wires / sizeof *wires };
	struct asking asking = {0};
	struct turn turns[COUNT];
	char order[COUNT + 1] = "";
	start_indexed(&asking);
	ask(&asking, 4, askers_slow);
	for (int i = 0; i < COUNT; i++) {
		struct ask ask = {.kind = ASK_KIND_SEARCH, .text = "quote7", .limit = 1};
		turns[i] = (struct turn){wires[i], order};
		asker_ask(asking.askers[wires[i]], &ask, on_turn, &turns[i]);
	}
	cr_assert(loop_support_until(asking.loop, is_complete, order), "%s", order);
	cr_assert_str_eq(order, "aceaccc");
	finish(&asking);
}

Test(searcher, has_room_for_four_full_wires)
{
	struct asking asking = {0};
	start_indexed(&asking);
	ask(&asking, 4, askers_slow);
	for (int i = 0; i < SEARCHER_WAITING_MAX; i++)
		cr_assert_not_null(ask(&asking, i / SEARCHER_WIRE_MAX, "quote7"));
	cr_assert_null(ask(&asking, 4, "quote7"));
	await(&asking, 2 + SEARCHER_WAITING_MAX);
	cr_assert_eq(asking.outcomes[ASK_OUTCOME_FOUND], SEARCHER_WAITING_MAX);
	finish(&asking);
}

Test(searcher, forgets_what_is_cancelled)
{
	struct asking asking = {0};
	struct ask_ticket *tickets[1 + SEARCHER_WIRE_MAX];
	start_indexed(&asking);
	double begun = ev_time();
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < 1 + SEARCHER_WIRE_MAX; i++)
			tickets[i] = ask(&asking, 0, askers_slow);
		for (int i = 0; i < 1 + SEARCHER_WIRE_MAX; i++)
			asker_cancel(tickets[i]);
		ask(&asking, 0, "quote7");
		await(&asking, 1);
	}
	cr_assert_eq(asking.answered, 20);
	cr_assert_eq(asking.outcomes[ASK_OUTCOME_FOUND], 20);
	cr_assert_lt(ev_time() - begun, 5, "half of what one search each time would take");
	finish(&asking);
}

Test(searcher, can_be_cancelled_while_it_is_told)
{
	struct asking asking = {0};
	start_indexed(&asking);
	asking.again = ask(&asking, 0, "quote7");
	await(&asking, 1);
	finish(&asking);
}

/* What is known at once is told at once. */
Test(searcher, tells_at_once_what_is_wrong)
{
	struct asking asking = {0};
	start(&asking, true);
	cr_assert_null(ask(&asking, 0, "in:"));
	cr_assert_eq(asking.outcomes[ASK_OUTCOME_MALFORMED], 1);
	searcher_stop(asking.searcher);
	cr_assert_null(ask(&asking, 0, "quote7"));
	cr_assert_eq(asking.outcomes[ASK_OUTCOME_LATER], 1);
	cr_assert_str_eq(asking.reason, "The server is stopping; try again in a moment.");
	finish(&asking);
}

/* All quotes but one, all of many words. */
static const char many[] = "-quote7";

Test(searcher, scans_the_quotes_until_there_is_an_index)
{
	struct asking asking = {0};
	start(&asking, false);
	/* A busy machine may not look at all quotes in time. */
	static const char *const quick[] = {"quote7", "in:file", "-in:nowhere in:f*"};
	for (int i = 0; i < 100 && asking.outcomes[ASK_OUTCOME_FOUND] < 3; i++) {
		cr_assert_not_null(ask(&asking, i % 3, quick[asking.outcomes[ASK_OUTCOME_FOUND]]));
		await(&asking, 1);
	}
	cr_expect_eq(asking.outcomes[ASK_OUTCOME_FOUND], 3);
	asking.outcomes[ASK_OUTCOME_LATER] = 0;
	for (int i = 0; i < 3; i++)
		cr_assert_not_null(ask(&asking, i, many));
	await(&asking, 3);
	cr_expect_eq(asking.outcomes[ASK_OUTCOME_LATER], 3);
	cr_expect_str_eq(
		asking.reason, "The search index is still being built; try again in a moment.");
	searcher_index(asking.searcher);
	cr_assert(loop_support_until(asking.loop, is_indexed, &asking));
	cr_assert_not_null(ask(&asking, 0, many));
	await(&asking, 1);
	cr_expect_eq(asking.outcomes[ASK_OUTCOME_FOUND], 4);
	finish(&asking);
}

/* Returns the lowest priority that a thread of ours has. */
static int lowest_priority(void)
{
	int lowest = getpriority(PRIO_PROCESS, 0);
	struct dirent *entry;
	DIR *tasks = opendir("/proc/self/task");
	cr_assert_not_null(tasks);
	while ((entry = readdir(tasks)) != NULL) {
		int thread = atoi(entry->d_name);
		if (thread > 0 && getpriority(PRIO_PROCESS, (id_t)thread) > lowest)
			lowest = getpriority(PRIO_PROCESS, (id_t)thread);
	}
	closedir(tasks);
	return lowest;
}

Test(searcher, lets_the_loop_go_first)
{
	struct asking asking = {0};
	start(&asking, false);
	int before = lowest_priority();
	ask(&asking, 0, "quote7");
	await(&asking, 1);
	cr_assert_gt(lowest_priority(), before);
	finish(&asking);
}

Test(searcher, ends_its_scans_when_it_stops)
{
	struct asking asking = {0};
	start(&asking, false);
	ask(&asking, 0, many);
	ask(&asking, 1, many);
	searcher_stop(asking.searcher);
	await(&asking, 2);
	cr_expect_eq(asking.outcomes[ASK_OUTCOME_LATER], 2);
	finish(&asking);
}

Test(searcher, answers_no_scan_once_destroyed)
{
	struct asking asking = {0};
	start(&asking, false);
	ask(&asking, 0, many);
	ask(&asking, 1, "quote7");
	finish(&asking);
	cr_expect_eq(asking.answered, 0);
}

Test(searcher, answers_at_a_stop)
{
	struct asking asking = {0};
	start_indexed(&asking);
	for (int i = 0; i < SEARCHER_WIRE_MAX; i++)
		ask(&asking, 0, askers_slow);
	double begun = ev_time();
	searcher_stop(asking.searcher);
	searcher_stop(asking.searcher);
	cr_assert_eq(asking.answered, SEARCHER_WIRE_MAX - 1, "all but the one that runs");
	cr_assert_null(ask(&asking, 0, "quote7"));
	await(&asking, SEARCHER_WIRE_MAX + 1);
	cr_assert_eq(asking.outcomes[ASK_OUTCOME_LATER], SEARCHER_WIRE_MAX + 1);
	cr_assert_str_eq(asking.reason, "The server is stopping; try again in a moment.");
	cr_assert_lt(ev_time() - begun, 1);
	finish(&asking);
}

Test(searcher, answers_nothing_once_destroyed)
{
	struct asking asking = {0};
	start_indexed(&asking);
	for (int i = 0; i < SEARCHER_WIRE_MAX; i++)
		ask(&asking, 0, askers_slow);
	finish(&asking);
	cr_assert_eq(asking.answered, 0);
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
	askers_search_until(asking.askers[0], asking.loop, ASK_OUTCOME_FAILED);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &room), 0);
	askers_search_until(asking.askers[0], asking.loop, ASK_OUTCOME_FOUND);
	finish(&asking);
}
