#include "frontends/keeper/keeper.h"

#include <malloc.h>
#include <math.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "core/choice/edition.h"
#include "core/sources/loader.h"
#include "frontends/keeper/command_runner.h"
#include "frontends/keeper/file_watch.h"
#include "frontends/keeper/searcher.h"
#include "frontends/kit/log.h"
#include "frontends/kit/metrics.h"
#include "frontends/kit/worker.h"

/* Seconds. */
static const double look_interval = 30;
static const double first_retry = 5;
static const double last_retry = 60;

static const char log_name[] = "quoted";

/* One job goes round without end: on the thread it waits and loads until there is something to
 * report; on the loop it logs and serves that. */
struct keeper {
	struct job job;
	struct worker *thread;
	struct ev_loop *loop;
	struct rng *rng;
	struct quoter *quoter;
	struct keeper_renewal renewal;
	struct command_runner *runner; /* NULL: it could not be made anew */
	struct searcher *searcher;
	struct keeper_loads loads;
	int wake; /* eventfd, readable after a flag was set */
	atomic_bool cancel;
	atomic_bool asked; /* to load, changed or not */
	/* The rest belongs to the job: to one thread at a time. */
	struct file_watch watch;
	struct settling settling;
	struct library *library; /* loaded last */
	uint64_t fingerprint;    /* seen when loading last, with success or not */
	double look_at;          /* even without an event; INFINITY: never */
	double retry_delay;      /* 0: the last load succeeded */
	/* To report. */
	struct edition *edition; /* to be served, then the one before, to be freed */
	struct strings warnings;
	struct error failure; /* of the last load; "": it succeeded, or the next failure is news */
	bool is_failure_new;
	uint64_t named; /* hash of the files passed over that the log named last; 0: none */
	bool renewed;   /* by renewal.prepare, to be committed, then to be cleaned */
	struct library *renewal_library; /* a reference; NULL: it failed */
};

static void note_success(struct keeper *keeper, struct edition *edition)
{
	library_release(keeper->library);
	keeper->library = library_hold(edition->library);
	keeper->fingerprint = edition->library->fingerprint;
	keeper->edition = edition;
	keeper->failure.text[0] = '\0';
	keeper->retry_delay = 0;
}

/* The reason may pass without a change of files, as a lack of descriptors does. */
static void note_failure(struct keeper *keeper, const struct error *reason)
{
	double longer = keeper->retry_delay * 2;
	keeper->retry_delay = longer == 0 ? first_retry : longer < last_retry ? longer : last_retry;
	keeper->is_failure_new = strcmp(reason->text, keeper->failure.text) != 0;
	keeper->failure = *reason;
	if (!keeper->is_failure_new)
		strings_finish(&keeper->warnings);
}

static void load(struct keeper *keeper)
{
	struct error error = {0};
	struct edition *edition = NULL;
	struct loader loader = {.warnings = &keeper->warnings,
		.before = keeper->library,
		.cancel = &keeper->cancel};
	struct library *library = loader_load(&loader, keeper->library->collections, &error);
	if (library != NULL)
		edition = quoter_make_edition(keeper->quoter, library, &keeper->cancel, &error);
	if (edition != NULL)
		note_success(keeper, edition);
	else
		note_failure(keeper, &error);
}

static void renew(struct keeper *keeper)
{
	const struct keeper_renewal *renewal = &keeper->renewal;
	struct library *library = renewal->prepare(
		renewal->data, keeper->library, &keeper->cancel, &keeper->warnings);
	keeper->renewal_library = library != NULL ? library_hold(library) : NULL;
	keeper->renewed = true;
}

/* What is watched for the first time may be in the middle of a change: look again once it has
 * settled. */
static void look(struct keeper *keeper, bool asked)
{
	struct strings paths = {0};
	uint64_t seen = loader_look(keeper->library->collections, &paths);
	bool is_new = file_watch_set(&keeper->watch, &paths);
	if (is_new)
		settling_note(&keeper->settling, "", false, metrics_clock());
	bool wanted = seen != keeper->fingerprint || keeper->retry_delay > 0;
	if (asked || (wanted && !is_new)) {
		keeper->fingerprint = seen;
		load(keeper);
	}
	double pause = keeper->watch.is_blind ? look_interval : INFINITY;
	keeper->look_at = metrics_clock() + (keeper->retry_delay > 0 ? keeper->retry_delay : pause);
}

static void await_change(struct keeper *keeper)
{
	eventfd_t count;
	struct pollfd fds[] = {
		{.fd = keeper->wake, .events = POLLIN}, {.fd = keeper->watch.fd, .events = POLLIN}};
	double due = settling_due(&keeper->settling);
	due = due < keeper->look_at ? due : keeper->look_at;
	double left = due - metrics_clock();
	poll(fds, 2, isinf(due) ? -1 : left > 0 ? (int)(left * 1000) + 1 : 0);
	eventfd_read(keeper->wake, &count);
	file_watch_read(&keeper->watch, &keeper->settling, metrics_clock());
}

static void take_turn(struct keeper *keeper)
{
	double now = metrics_clock();
	bool asked = atomic_exchange(&keeper->asked, false);
	bool settled = !asked && settling_take(&keeper->settling, now);
	if (asked) {
		keeper->failure.text[0] = '\0';
		keeper->retry_delay = 0;
	}
	if (asked && keeper->renewal.prepare != NULL)
		renew(keeper);
	else if (asked || settled || keeper->look_at <= now)
		look(keeper, asked);
	else
		await_change(keeper);
}

/* Frees what the last turn of the loop left. */
static void clean(struct keeper *keeper)
{
	if (keeper->renewed)
		keeper->renewal.clean(keeper->renewal.data);
	edition_destroy(keeper->edition);
	if (keeper->renewed || keeper->edition != NULL)
		malloc_trim(0);
	keeper->renewed = false;
	keeper->edition = NULL;
	keeper->is_failure_new = false;
}

static bool has_news(const struct keeper *keeper)
{
	return keeper->edition != NULL || keeper->is_failure_new || keeper->renewed;
}

static void run(struct job *job)
{
	struct keeper *keeper = (struct keeper *)job;
	worker_step_back();
	clean(keeper);
	while (!atomic_load(&keeper->cancel) && !has_news(keeper))
		take_turn(keeper);
}

/* The collections may be others, so the commands are run for them anew. */
static void replace_runner(struct keeper *keeper)
{
	struct error error;
	command_runner_abandon(keeper->runner);
	keeper->runner = command_runner_create(keeper->loop, keeper->quoter, keeper->rng, &error);
	if (keeper->runner != NULL)
		command_runner_start(keeper->runner);
	else
		log_error(log_name, "%s", error.text);
}

static void count_load(struct keeper *keeper, bool succeeded)
{
	struct keeper_loads *loads = &keeper->loads;
	loads->last_failed = !succeeded;
	loads->failed += !succeeded;
	loads->succeeded += succeeded;
	if (succeeded)
		loads->last = time(NULL);
}

/* The library that is not needed is also held by what clean() frees. Returns whether it is served.
 */
static bool commit(struct keeper *keeper)
{
	struct library *library = keeper->renewal_library;
	keeper->renewal_library = NULL;
	bool served = keeper->renewal.commit(keeper->renewal.data, library != NULL);
	if (library == NULL || !served) {
		library_release(library);
		return false;
	}
	library_release(keeper->library);
	keeper->library = library;
	keeper->fingerprint = library->fingerprint;
	keeper->look_at = 0;
	replace_runner(keeper);
	searcher_index(keeper->searcher);
	return true;
}

/* Names the files that were passed over, unless the log has named the same already. */
static void tell_passed_over(struct keeper *keeper)
{
	uint64_t named = 0;
	const struct strings *passed = &keeper->library->passed_over;
	for (size_t i = 0; i < passed->count; i++)
		named = hash_octets(passed->items[i], strlen(passed->items[i]), named);
	if (named != keeper->named)
		log_passed_over(log_name, passed);
	keeper->named = named;
}

void keeper_describe(const struct quoter *quoter, struct buffer *text)
{
	const struct library *library = quoter_library(quoter);
	unsigned commands = collections_count_commands(library->collections);
	buffer_add_count(text, quoter_count(quoter), "quote");
	buffer_add(text, " from ");
	buffer_add_count(text, library->file_count, "file");
	if (commands > 0) {
		buffer_add(text, " and ");
		buffer_add_count(text, commands, "command");
	}
}

static void log_reload(const struct keeper *keeper)
{
	struct buffer text = {0};
	keeper_describe(keeper->quoter, &text);
	log_info(log_name, "reloaded: %s", text.data);
	buffer_finish(&text);
}

static void on_news(struct job *job)
{
	struct keeper *keeper = (struct keeper *)job;
	if (atomic_load(&keeper->cancel))
		return;
	log_warnings(log_name, &keeper->warnings);
	if (keeper->renewed) {
		count_load(keeper, commit(keeper));
	} else if (keeper->edition == NULL) {
		count_load(keeper, false);
		log_error(
			log_name, "reload: %s; the quotes stay as they were", keeper->failure.text);
	} else {
		count_load(keeper, true);
		keeper->edition = quoter_swap(keeper->quoter, keeper->edition);
		log_reload(keeper);
		searcher_index(keeper->searcher);
	}
	tell_passed_over(keeper);
	worker_submit(keeper->thread, &keeper->job);
}

static bool build(
	struct keeper *keeper, struct ev_loop *loop, struct rng *rng, struct error *reterr)
{
	keeper->thread = worker_create(loop, 1, 0);
	keeper->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (keeper->thread == NULL || keeper->wake < 0) {
		error_set(
			reterr, "cannot start a thread to load quotes; raise the system's limits");
		return false;
	}
	keeper->runner = command_runner_create(loop, keeper->quoter, rng, reterr);
	return keeper->runner != NULL;
}

struct keeper *keeper_create(struct ev_loop *loop, struct quoter *quoter, struct searcher *searcher,
	struct rng *rng, struct error *reterr)
{
	struct keeper *keeper = mem_alloc(sizeof *keeper);
	keeper->job = (struct job){.run = run, .done = on_news};
	keeper->loop = loop;
	keeper->rng = rng;
	keeper->quoter = quoter;
	keeper->searcher = searcher;
	keeper->library = library_hold(quoter_library(quoter));
	keeper->fingerprint = keeper->library->fingerprint;
	keeper->loads.last = time(NULL);
	file_watch_init(&keeper->watch);
	if (build(keeper, loop, rng, reterr))
		return keeper;
	keeper_destroy(keeper);
	return NULL;
}

void keeper_start(struct keeper *keeper)
{
	tell_passed_over(keeper);
	worker_submit(keeper->thread, &keeper->job);
	searcher_index(keeper->searcher);
	command_runner_start(keeper->runner);
}

void keeper_set_renewal(struct keeper *keeper, const struct keeper_renewal *renewal)
{
	keeper->renewal = *renewal;
}

void keeper_reload(struct keeper *keeper)
{
	atomic_store(&keeper->asked, true);
	eventfd_write(keeper->wake, 1);
}

const struct keeper_loads *keeper_loads(const struct keeper *keeper)
{
	return &keeper->loads;
}

void keeper_stop(struct keeper *keeper)
{
	atomic_store(&keeper->cancel, true);
	eventfd_write(keeper->wake, 1);
	if (keeper->runner != NULL)
		command_runner_stop(keeper->runner);
	searcher_stop(keeper->searcher);
}

void keeper_destroy(struct keeper *keeper)
{
	if (keeper == NULL)
		return;
	if (keeper->wake >= 0)
		keeper_stop(keeper);
	worker_join(keeper->thread);
	library_release(keeper->renewal_library);
	if (keeper->renewed)
		keeper->renewal.clean(keeper->renewal.data);
	command_runner_destroy(keeper->runner);
	file_watch_finish(&keeper->watch);
	settling_finish(&keeper->settling);
	edition_destroy(keeper->edition);
	library_release(keeper->library);
	strings_finish(&keeper->warnings);
	if (keeper->wake >= 0)
		close(keeper->wake);
	free(keeper);
}
