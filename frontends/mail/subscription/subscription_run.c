#include "frontends/mail/subscription/subscription_run.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_answer.h"
#include "frontends/mail/mime_compose.h"
#include "frontends/mail/subscription/subscription_due.h"
#include "frontends/mail/subscription/subscriptions.h"

enum { MS = 1000, LOOK_SECONDS = 60, AGAIN_SECONDS = 10, LOOKS_PER_TIDY = 60 };

static const double queue_patience = 0.05; /* seconds until the queue is looked at again */

static const char farewell[] = "To stop these daily quotes, reply with unsubscribe.";

struct subscription_run {
	struct store_work work; /* one at a time */
	const struct mail_section *section;
	struct mail_queue *queue;
	struct store *store;
	struct quote_fit fit;
	struct subscription_home home;
	struct mail_store_place place;
	struct subscription_letter letter; /* without a collection: there is none yet */
	struct subscription_row next;
	int64_t subscribers; /* -1: not counted */
	size_t batch;        /* letters that were sent just now */
	size_t sent;         /* since the first that was due */
	long looks;
	ev_timer timer;
	bool working;
	bool again; /* to look, as something changed meanwhile */
	bool failed;
	bool draining;
	bool closed;
};

static int64_t now_of(const struct subscription_run *run)
{
	return run->section->now != NULL ? (int64_t)run->section->now() * MS : mail_store_now();
}

static void forget_letter(struct subscription_run *run)
{
	free(run->letter.collection);
	free(run->letter.text);
	run->letter = (struct subscription_letter){.home = &run->home};
}

static void free_run(struct subscription_run *run)
{
	store_release(run->store);
	subscription_row_finish(&run->next);
	forget_letter(run);
	subscription_home_finish(&run->home);
	free(run);
}

static void wait(struct subscription_run *run, double seconds)
{
	struct ev_loop *loop = run->section->context->loop;
	ev_timer_stop(loop, &run->timer);
	ev_timer_set(&run->timer, seconds > 0.01 ? seconds : 0.01, 0);
	ev_timer_start(loop, &run->timer);
}

static void tell_failure(struct subscription_run *run, const char *failure)
{
	const char *name = run->section->context->name;
	if (failure != NULL && !run->failed)
		log_error(name, "daily quotes are put off: %s", failure);
	else if (failure == NULL && run->failed)
		log_info(name, "daily quotes can be sent again");
	run->failed = failure != NULL;
}

/* The letter */

static void add_farewell(struct mail_answer *answer)
{
	buffer_format(&answer->text, "%s\n", farewell);
	buffer_format(&answer->html, "<p>%s</p>\n", farewell);
}

static char *compose(const struct subscription_run *run, const struct mail_answer *answer)
{
	char month[32];
	struct tm local = {0};
	time_t now = (time_t)(run->place.now / MS);
	localtime_r(&now, &local);
	strftime(month, sizeof month, "%B %Y", &local);
	char *title = mem_format("Your quote of %d %s", local.tm_mday, month);
	char *mail = mime_compose(&(struct mime_answer){
		.from_name = run->section->options->from_name,
		.from_address = run->home.mailbox.text,
		.title = title,
		.generated = true,
		.text = answer->text.data,
		.html = answer->html.data,
		.date = now,
	});
	free(title);
	return mail;
}

static void on_quote(void *data, const struct ask_answer *found)
{
	struct subscription_run *run = data;
	struct mail_answer answer = {0};
	const char *collection = run->letter.collection;
	if (found->count == 0) {
		log_warning(run->section->context->name,
			"subscribers%s%s get no quote yet, which is tried again in an hour: %s",
			*collection != '\0' ? " of the collection " : "", collection,
			found->reason);
		return;
	}
	mail_answer_write(run->section->context, &run->fit, found, &answer);
	add_farewell(&answer);
	run->letter.text = compose(run, &answer);
	mail_answer_finish(&answer);
}

/* TODAY and DAY are answered at once. */
static void make_letter(struct subscription_run *run, int64_t day)
{
	char text[DAY_TEXT_SIZE];
	bool named = *run->next.collection != '\0';
	struct ask ask = {.kind = named ? ASK_KIND_DAY : ASK_KIND_TODAY,
		.text = text,
		.fit = run->fit,
		.collection = named ? run->next.collection : NULL,
		.limit = 1};
	const char *before = run->letter.collection;
	if (before != NULL && strcmp(before, run->next.collection) == 0 && run->letter.day == day)
		return;
	forget_letter(run);
	run->letter.day = day;
	run->letter.collection = mem_strdup(run->next.collection);
	day_format(day, text);
	asker_ask(run->section->context->asker, &ask, on_quote, run);
}

/* Work */

static bool find_next(struct subscription_run *run, struct db *db)
{
	subscription_row_finish(&run->next);
	return subscription_due_next(db, run->place.section, run->place.now, &run->next);
}

static bool run_look(struct store_work *work, struct db *db)
{
	struct subscription_run *run = (struct subscription_run *)work;
	run->subscribers = -1;
	return (run->looks % LOOKS_PER_TIDY != 0 || subscription_store_tidy(db, run->place.section,
							    run->place.now, &run->subscribers)) &&
	       find_next(run, db);
}

static bool run_send(struct store_work *work, struct db *db)
{
	struct subscription_run *run = (struct subscription_run *)work;
	return subscription_store_secret(db, run->home.secret) &&
	       subscription_due_send(db, &run->place, &run->letter, &run->batch) &&
	       find_next(run, db);
}

static void on_done(struct store_work *work, const char *failure);

static void submit(struct subscription_run *run, const struct store_schema *schema,
	bool (*work)(struct store_work *work, struct db *db))
{
	run->working = true;
	run->work = (struct store_work){.schema = schema, .run = work, .done = on_done};
	store_submit(run->store, &run->work);
}

static void set_place(struct subscription_run *run)
{
	subscription_home_finish(&run->home);
	subscriptions_fill_home(run->section, &run->home);
	run->place = (struct mail_store_place){.section = run->home.section,
		.run = store_run_number(run->store),
		.now = now_of(run)};
}

static void send_batch(struct subscription_run *run)
{
	set_place(run);
	make_letter(run, day_of((time_t)(run->place.now / MS)));
	submit(run, &mail_store_schema, run_send);
}

static void rest(struct subscription_run *run)
{
	double seconds = (double)(run->next.due - now_of(run)) / MS;
	if (run->sent > 0)
		log_info(run->section->context->name, "wrote today's quote to %zu %s", run->sent,
			run->sent == 1 ? "subscriber" : "subscribers");
	run->sent = 0;
	forget_letter(run);
	if (run->next.due == 0 || seconds > LOOK_SECONDS)
		seconds = LOOK_SECONDS;
	wait(run, run->again ? 0 : seconds);
	run->again = false;
}

static void go_on(struct subscription_run *run)
{
	if (run->draining)
		return;
	if (run->next.id == 0 || run->next.due > now_of(run))
		rest(run);
	else if (mail_queue_letters(run->queue) < SUBSCRIPTION_RUN_AHEAD)
		send_batch(run);
	else
		wait(run, queue_patience);
}

static void take_sent(struct subscription_run *run)
{
	run->sent += run->batch;
	if (run->batch > 0)
		mail_queue_wake(run->queue);
	run->batch = 0;
}

static void on_done(struct store_work *work, const char *failure)
{
	struct subscription_run *run = (struct subscription_run *)work;
	run->working = false;
	if (run->closed) {
		free_run(run);
		return;
	}
	tell_failure(run, failure);
	if (failure != NULL) {
		/* What was read is gone with the transaction. */
		run->next.due = 0;
		wait(run, AGAIN_SECONDS);
		return;
	}
	take_sent(run);
	if (run->subscribers >= 0)
		metrics_set(run->section->context->metrics, MAIL_METRICS_SUBSCRIBERS,
			(double)run->subscribers);
	run->looks++;
	go_on(run);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct subscription_run *run = timer->data;
	bool full = mail_queue_letters(run->queue) >= SUBSCRIPTION_RUN_AHEAD;
	if (run->working || run->draining)
		return;
	if (full) {
		wait(run, queue_patience);
		return;
	}
	set_place(run);
	submit(run, &subscription_store_schema, run_look);
}

struct subscription_run *subscription_run_create(
	const struct mail_section *section, struct mail_queue *queue)
{
	struct subscription_run *run = mem_alloc(sizeof *run);
	run->section = section;
	run->queue = queue;
	run->fit = mail_options_fit(section->options);
	ev_timer_init(&run->timer, on_timer, 0, 0);
	run->timer.data = run;
	run->store = section->context->store;
	run->letter.home = &run->home;
	store_hold(run->store);
	wait(run, 0);
	return run;
}

void subscription_run_wake(struct subscription_run *run)
{
	run->looks = 0;
	run->again = run->working;
	if (!run->working && !run->draining)
		wait(run, 0);
}

void subscription_run_drain(struct subscription_run *run)
{
	run->draining = true;
	ev_timer_stop(run->section->context->loop, &run->timer);
}

void subscription_run_close(struct subscription_run *run)
{
	if (run == NULL)
		return;
	ev_timer_stop(run->section->context->loop, &run->timer);
	run->closed = true;
	if (!run->working)
		free_run(run);
}
