#include "frontends/mail/queue/mail_store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "tests/support/scratch.h"

enum { DAY = 86400000 };

static struct db *db;
static struct mail_store_place place;

static void open(void)
{
	struct error error = {0};
	scratch_enter();
	char *directory = getcwd(NULL, 0);
	db = store_open(directory, true, &mail_store_schema, &error);
	cr_assert_not_null(db, "%s", error.text);
	free(directory);
	place = (struct mail_store_place){.section = "mail.test",
		.run = 1,
		.now = 1000 * (int64_t)DAY,
		.longest = DAY,
		.lifetime = 5 * DAY};
}

static void finish(void)
{
	db_close(db);
	scratch_leave();
}

TestSuite(mail_store, .init = open, .fini = finish);

static char nobody[] = "";
static char text[] = "Subject: x\r\n\r\n\xff\r\n";

/* Returns whether it was answered before. */
static bool add(const char *recipient, const char *key, bool repeat)
{
	bool repeated = true;
	char *copy = mem_strdup(recipient);
	struct relay_message message = {.sender = nobody,
		.recipient = copy,
		.text = text,
		.created = place.now,
		.repeat = repeat};
	cr_assert(mail_store_add(db, &place, &message, key, &repeated));
	free(copy);
	return repeated;
}

static void claim(struct relay_session *session, size_t count)
{
	*session = (struct relay_session){.fd = -1};
	cr_assert(mail_store_claim(db, &place, true, session));
	cr_assert_eq(session->count, count, "%zu", session->count);
}

static void settle(struct relay_session *session, enum relay_outcome outcome, int64_t wait)
{
	for (size_t i = 0; i < session->count; i++) {
		session->messages[i].outcome = outcome;
		cr_assert(mail_store_settle(db, &place, &session->messages[i], wait));
	}
	relay_finish(session);
}

static void expect_counts(int64_t queued, int64_t due, int64_t fresh)
{
	struct mail_store_counts counts;
	cr_assert(mail_store_count(db, &place, &counts));
	cr_expect_eq(counts.queued, queued);
	cr_expect_eq(counts.due, due);
	cr_expect_eq(counts.fresh, fresh);
}

/* The state of the only message; COUNT: there is none. */
static enum mail_state state;

static void on_row(void *data, const struct mail_store_row *row)
{
	(void)data;
	state = row->state;
}

static enum mail_state state_of(void)
{
	state = MAIL_STATE_COUNT;
	cr_assert(mail_store_list(db, on_row, NULL));
	return state;
}

Test(mail_store, gives_each_message_to_one_session)
{
	struct relay_session one;
	struct relay_session two;
	for (int i = 0; i < RELAY_BATCH + 1; i++)
		cr_assert_not(add("a@b.example", "", false));
	claim(&one, RELAY_BATCH);
	claim(&two, 1);
	cr_expect_str_eq(two.messages[0].text, text);
	cr_expect_eq(two.messages[0].id, RELAY_BATCH + 1);
	expect_counts(RELAY_BATCH + 1, 0, 0);
	settle(&one, RELAY_OUTCOME_TAKEN, 0);
	settle(&two, RELAY_OUTCOME_TAKEN, 0);
	cr_expect_eq(state_of(), MAIL_STATE_COUNT, "nothing is left");
}

Test(mail_store, answers_a_message_once_in_a_week)
{
	struct relay_session session;
	cr_expect_not(add("a@b.example", "<1@b.example>", false));
	cr_expect(add("a@b.example", "<1@b.example>", false));
	claim(&session, 1);
	settle(&session, RELAY_OUTCOME_PERMANENT, 0);
	cr_expect(add("a@b.example", "<1@b.example>", false), "even if it could not be delivered");
	place.section = "mail.other";
	cr_expect_not(add("a@b.example", "<1@b.example>", false), "another section's");
	place.section = "mail.test";
	place.now += MAIL_STORE_KEPT;
	cr_assert(mail_store_clean(db, &place));
	cr_expect(add("a@b.example", "<1@b.example>", false));
	place.now++;
	cr_assert(mail_store_clean(db, &place));
	cr_expect_not(add("a@b.example", "<1@b.example>", false));
	place.now = 0;
	cr_expect_not(add("a@b.example", "", false));
	cr_expect_not(add("a@b.example", "", false), "without an id, each is another");
}

Test(mail_store, applies_the_outcomes)
{
	static const struct {
		enum relay_outcome outcome;
		bool repeat;
		int64_t age;
		enum mail_state state;
	} rows[] = {
		{RELAY_OUTCOME_TAKEN, false, 0, MAIL_STATE_COUNT},
		{RELAY_OUTCOME_PERMANENT, true, 0, MAIL_STATE_FAILED},
		{RELAY_OUTCOME_UNKNOWN, false, 0, MAIL_STATE_UNKNOWN},
		{RELAY_OUTCOME_UNKNOWN, true, 0, MAIL_STATE_WAITING},
		{RELAY_OUTCOME_UNTRIED, false, 9 * (int64_t)DAY, MAIL_STATE_WAITING},
		{RELAY_OUTCOME_TEMPORARY, false, 5 * (int64_t)DAY, MAIL_STATE_WAITING},
		{RELAY_OUTCOME_TEMPORARY, false, 5 * (int64_t)DAY + 1, MAIL_STATE_FAILED},
	};
	int64_t count;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct relay_session session;
		add("a@b.example", NULL, rows[i].repeat);
		claim(&session, 1);
		cr_assert_eq(state_of(), MAIL_STATE_SENDING);
		place.now += rows[i].age;
		settle(&session, rows[i].outcome, 1000);
		cr_expect_eq(state_of(), rows[i].state, "row %zu: %d", i, (int)state);
		cr_assert(mail_store_drop(db, 0, &count));
		cr_expect_eq(count, rows[i].state != MAIL_STATE_COUNT);
	}
}

Test(mail_store, waits_between_tries_whatever_the_clock_does)
{
	struct relay_session session;
	struct mail_store_counts counts;
	add("a@b.example", "", false);
	claim(&session, 1);
	settle(&session, RELAY_OUTCOME_TEMPORARY, 1000);
	claim(&session, 0);
	expect_counts(1, 0, 0);
	cr_assert(mail_store_count(db, &place, &counts));
	cr_expect_eq(counts.next_due, place.now + 1000);
	place.now += 1000;
	expect_counts(1, 1, 0);
	cr_assert(mail_store_claim(db, &place, false, &session));
	cr_expect_eq(session.count, 0, "it failed before");
	claim(&session, 1);
	cr_expect_eq(session.messages[0].tries, 1);
	settle(&session, RELAY_OUTCOME_TEMPORARY, 1000);
	place.now -= 400 * (int64_t)DAY;
	expect_counts(1, 1, 0);
	claim(&session, 1);
	relay_finish(&session);
}

Test(mail_store, recovers_what_an_earlier_run_was_sending)
{
	struct relay_session session;
	int64_t unknown;
	add("a@b.example", "", false);
	add("a@b.example", NULL, true);
	claim(&session, 2);
	relay_finish(&session);
	cr_assert(mail_store_recover(db, &place, &unknown));
	cr_expect_eq(unknown, 0, "this run is sending it");
	place.run = 2;
	cr_assert(mail_store_recover(db, &place, &unknown));
	cr_expect_eq(unknown, 1);
	claim(&session, 1);
	cr_expect(session.messages[0].repeat);
	relay_finish(&session);
}

Test(mail_store, gives_up_what_is_too_old)
{
	int64_t count;
	add("a@b.example", "", false);
	place.now += place.lifetime;
	cr_assert(mail_store_expire(db, &place, &count));
	cr_expect_eq(count, 0);
	place.now++;
	cr_assert(mail_store_expire(db, &place, &count));
	cr_expect_eq(count, 1);
	cr_expect_eq(state_of(), MAIL_STATE_FAILED);
	place.now += MAIL_STORE_KEPT;
	cr_assert(mail_store_clean(db, &place));
	cr_expect_eq(state_of(), MAIL_STATE_FAILED, "it is kept for a week");
	place.now++;
	cr_assert(mail_store_clean(db, &place));
	cr_expect_eq(state_of(), MAIL_STATE_COUNT);
}

Test(mail_store, a_person_retries_and_drops)
{
	struct relay_session session;
	int64_t count;
	add("a@b.example", "", false);
	claim(&session, 1);
	cr_assert(mail_store_drop(db, 1, &count));
	cr_expect_eq(count, 0, "it is being sent");
	settle(&session, RELAY_OUTCOME_PERMANENT, 0);
	cr_assert(mail_store_retry(db, 2, place.now, &count));
	cr_expect_eq(count, 0, "there is no such message");
	cr_assert(mail_store_retry(db, 1, place.now, &count));
	cr_expect_eq(count, 1);
	claim(&session, 1);
	cr_expect_eq(session.messages[0].tries, 0);
	settle(&session, RELAY_OUTCOME_UNTRIED, 0);
	cr_assert(mail_store_drop(db, 1, &count));
	cr_expect_eq(count, 1);
	add("a@b.example", "", false);
	claim(&session, 1);
	cr_expect_eq(session.messages[0].id, 2, "a number is not used again");
	relay_finish(&session);
}

static void on_recent(void *data, const char *key, const char *sender, int64_t at)
{
	(void)at;
	buffer_format(data, "%s %s\n", key, sender);
}

Test(mail_store, tells_the_latest_answers)
{
	struct buffer out = {0};
	for (char i = 'a'; i <= 'd'; i++, place.now++)
		add((const char[]){i, '@', 'b', '\0'}, (const char[]){'<', i, '>', '\0'}, false);
	cr_assert(mail_store_recent(db, &place, 3, on_recent, &out));
	cr_expect_str_eq(out.data, "<b> b@b\n<c> c@b\n<d> d@b\n");
	buffer_finish(&out);
}
