#include "frontends/librarian.h"

#include <stdlib.h>
#include <string.h>

#include "core/command_source.h"
#include "core/mem.h"
#include "frontends/backoff.h"
#include "frontends/file_watch.h"
#include "frontends/log.h"
#include "frontends/searcher.h"
#include "frontends/worker.h"

enum { JOBS_MAX = 4 }; /* a load, a run and the editions to be freed */

static const char name[] = "quoted";

struct librarian {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct rng *rng;
	struct worker *loader;
	struct worker *runner; /* a slow command does not hold up a reload */
	struct searcher *searcher;
	struct file_watch *watch;
	ev_timer retry; /* of commands */
	struct backoff backoff;
	bool loading;
	bool again;  /* something changed while loading */
	bool forced; /* and it is loaded, changed or not */
	bool running;
};

/* Loads the quotes, where their files have changed, and makes them ready. */
struct load {
	struct job job;
	struct librarian *librarian;
	const struct collections *collections;
	const struct quote_wires *wires;
	struct quoter_plan plan;
	const struct library *before; /* what is served; it stays so until this is done */
	bool forced;
	struct edition *edition; /* NULL: unchanged, or a failure */
	bool failed;
	struct strings directories;
	struct strings warnings;
	struct error error;
};

/* Frees an edition that is not served any more. */
struct disposal {
	struct job job;
	struct edition *edition;
};

/* Runs a command once. */
struct errand {
	struct job job;
	struct librarian *librarian;
	const struct collection *collection;
	struct buffer text;
	bool success;
	struct error error;
};

static void run_load(struct job *job)
{
	struct load *load = (struct load *)job;
	uint64_t mark = library_look(load->collections, &load->directories);
	if (!load->forced && mark == load->before->fingerprint)
		return;
	struct library *library =
		library_load(load->collections, load->before, &load->warnings, &load->error);
	if (library != NULL)
		load->edition = edition_create(library, load->wires, &load->error);
	load->failed = load->edition == NULL;
	if (load->edition != NULL)
		quoter_plan_prepare(&load->plan, load->wires, load->edition);
}

static void free_load(struct job *job)
{
	struct load *load = (struct load *)job;
	edition_destroy(load->edition);
	quoter_plan_finish(&load->plan);
	strings_finish(&load->directories);
	strings_finish(&load->warnings);
	free(load);
}

static void run_disposal(struct job *job)
{
	struct disposal *disposal = (struct disposal *)job;
	edition_destroy(disposal->edition);
	disposal->edition = NULL;
}

static void free_disposal(struct job *job)
{
	run_disposal(job);
	free(job);
}

/* Freeing millions of quotes takes longer than a turn of the loop may. */
static void dispose(struct librarian *librarian, struct edition *edition)
{
	struct disposal *disposal = mem_alloc(sizeof *disposal);
	disposal->job =
		(struct job){.run = run_disposal, .done = free_disposal, .discard = free_disposal};
	disposal->edition = edition;
	if (!worker_submit(librarian->loader, &disposal->job))
		free_disposal(&disposal->job);
}

static void want_command(void *data);

static void serve(struct librarian *librarian, struct load *load)
{
	for (size_t i = 0; i < load->warnings.count; i++)
		log_warning(name, "%s", load->warnings.items[i]);
	dispose(librarian, quoter_swap(librarian->quoter, load->edition));
	load->edition = NULL;
	log_info(name, "reloaded: %zu quotes", quoter_count(librarian->quoter));
	searcher_index(librarian->searcher, quoter_library(librarian->quoter));
	want_command(librarian);
}

static void start_load(struct librarian *librarian, bool forced);

static void on_loaded(struct job *job)
{
	struct load *load = (struct load *)job;
	struct librarian *librarian = load->librarian;
	librarian->loading = false;
	file_watch_set(librarian->watch, &load->directories);
	if (load->failed)
		log_error(name, "reload: %s; the quotes stay as they were", load->error.text);
	else if (load->edition != NULL)
		serve(librarian, load);
	free_load(job);
	if (librarian->again)
		start_load(librarian, librarian->forced);
}

static void start_load(struct librarian *librarian, bool forced)
{
	if (librarian->loading) {
		librarian->again = true;
		librarian->forced |= forced;
		return;
	}
	struct library *library = quoter_library(librarian->quoter);
	struct load *load = mem_alloc(sizeof *load);
	load->job = (struct job){.run = run_load, .done = on_loaded, .discard = free_load};
	load->librarian = librarian;
	load->collections = library->collections;
	load->wires = quoter_wires(librarian->quoter);
	load->plan = quoter_plan(librarian->quoter);
	load->before = library;
	load->forced = forced;
	librarian->again = librarian->forced = false;
	librarian->loading = worker_submit(librarian->loader, &load->job);
	if (!librarian->loading)
		free_load(&load->job);
}

static void on_change(void *data)
{
	start_load(data, false);
}

void librarian_reload(struct librarian *librarian)
{
	start_load(librarian, true);
}

static void run_errand(struct job *job)
{
	struct errand *errand = (struct errand *)job;
	errand->success =
		command_source_run(errand->collection->options, &errand->text, &errand->error);
}

static void free_errand(struct job *job)
{
	struct errand *errand = (struct errand *)job;
	buffer_finish(&errand->text);
	free(errand);
}

static void stop_retry(struct librarian *librarian)
{
	if (!ev_is_active(&librarian->retry))
		return;
	ev_ref(librarian->loop);
	ev_timer_stop(librarian->loop, &librarian->retry);
}

static void on_retry(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	struct librarian *librarian = timer->data;
	ev_ref(librarian->loop);
	want_command(librarian);
}

/* A command that fails is run again later, and what it said before is shown meanwhile. */
static void retry_later(struct librarian *librarian, const struct errand *errand)
{
	double delay = backoff_next(&librarian->backoff, librarian->rng);
	log_warning(name, "collection \"%s\": %s; next try in %.0f s", errand->collection->name,
		errand->error.text, delay);
	ev_timer_set(&librarian->retry, delay, 0);
	ev_timer_start(librarian->loop, &librarian->retry);
	ev_unref(librarian->loop);
}

static void on_errand_done(struct job *job)
{
	struct errand *errand = (struct errand *)job;
	struct librarian *librarian = errand->librarian;
	librarian->running = false;
	if (errand->success) {
		backoff_reset(&librarian->backoff);
		quoter_put(librarian->quoter, errand->collection, errand->text.data,
			errand->text.length);
		want_command(librarian);
	} else {
		retry_later(librarian, errand);
	}
	free_errand(job);
}

/* One run at a time, for the collection that needs it most, until none does. */
static void want_command(void *data)
{
	struct librarian *librarian = data;
	const struct collection *collection = quoter_wanting(librarian->quoter);
	if (collection == NULL || librarian->running || ev_is_active(&librarian->retry))
		return;
	struct errand *errand = mem_alloc(sizeof *errand);
	errand->job =
		(struct job){.run = run_errand, .done = on_errand_done, .discard = free_errand};
	errand->librarian = librarian;
	errand->collection = collection;
	librarian->running = worker_submit(librarian->runner, &errand->job);
	if (!librarian->running)
		free_errand(&errand->job);
}

static void watch_files(struct librarian *librarian)
{
	struct strings directories = {0};
	library_look(quoter_library(librarian->quoter)->collections, &directories);
	librarian->watch = file_watch_create(librarian->loop, on_change, librarian);
	file_watch_set(librarian->watch, &directories);
	strings_finish(&directories);
}

struct librarian *librarian_create(
	struct ev_loop *loop, struct quoter *quoter, struct rng *rng, struct error *reterr)
{
	struct librarian *librarian = mem_alloc(sizeof *librarian);
	librarian->loop = loop;
	librarian->quoter = quoter;
	librarian->rng = rng;
	librarian->backoff = (struct backoff){.first = 1, .last = 60};
	ev_timer_init(&librarian->retry, on_retry, 0, 0);
	librarian->retry.data = librarian;
	librarian->loader = worker_create(loop, 1, JOBS_MAX);
	librarian->runner = worker_create(loop, 1, 1);
	librarian->searcher = searcher_create(loop, quoter);
	if (librarian->loader == NULL || librarian->runner == NULL || librarian->searcher == NULL) {
		error_set(reterr, "the system gives no thread to load quotes; raise its limits");
		librarian_destroy(librarian);
		return NULL;
	}
	watch_files(librarian);
	quoter_on_wanting(quoter, want_command, librarian);
	want_command(librarian);
	searcher_index(librarian->searcher, quoter_library(quoter));
	return librarian;
}

struct librarian_search *librarian_search(struct librarian *librarian, unsigned wire,
	const char *query, size_t offset, size_t limit, librarian_callback *callback, void *data)
{
	return searcher_search(librarian->searcher, wire, query, offset, limit, callback, data);
}

void librarian_cancel(struct librarian_search *search)
{
	searcher_cancel(search);
}

void librarian_destroy(struct librarian *librarian)
{
	if (librarian == NULL)
		return;
	quoter_on_wanting(librarian->quoter, NULL, NULL);
	stop_retry(librarian);
	file_watch_destroy(librarian->watch);
	searcher_destroy(librarian->searcher);
	worker_join(librarian->loader);
	worker_join(librarian->runner);
	free(librarian);
}
