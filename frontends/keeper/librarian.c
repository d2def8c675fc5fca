#include "frontends/keeper/librarian.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/sources/loader.h"
#include "frontends/keeper/command_runner.h"
#include "frontends/keeper/file_watch.h"
#include "frontends/kit/log.h"
#include "frontends/kit/retry.h"
#include "frontends/kit/worker.h"

enum { JOBS_MAX = 4 }; /* a load and the editions to be freed */

/* Seconds between two looks where the watch can miss something. */
static const double look_interval = 30;

static const char name[] = "quoted";

struct librarian {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct worker *loader;
	struct command_runner *runner;
	struct searcher *searcher;
	struct file_watch *watch;
	ev_timer look;
	struct retry retry;   /* of a load that failed */
	struct error last;    /* why it failed last; "": it did not */
	uint64_t fingerprint; /* of the files that were loaded last, of use or not */
	bool started;
	bool loading;
	bool again;         /* something changed while loading */
	bool again_full;    /* and it is loaded, changed or not */
	atomic_bool cancel; /* nobody wants what is being loaded */
};

/* Looks at the files; where it is wanted, loads them and makes the quotes ready. */
struct load {
	struct job job;
	struct librarian *librarian;
	const struct quote_wires *wires;
	const struct library *before; /* what is served; it stays so until this is done */
	const atomic_bool *cancel;
	bool full;               /* not just a look */
	uint64_t fingerprint;    /* of what was seen, or loaded */
	struct edition *edition; /* NULL: just a look, or a failure */
	struct strings watched;
	struct strings warnings;
	struct error error;
};

/* Frees an edition that is not served any more. */
struct disposal {
	struct job job;
	struct edition *edition;
};

static void run_load(struct job *job)
{
	struct load *load = (struct load *)job;
	load->fingerprint = loader_look(load->before->collections, &load->watched);
	if (!load->full)
		return;
	struct library *library = loader_load(load->before->collections, load->before, load->cancel,
		&load->warnings, &load->error);
	if (library != NULL)
		load->edition = edition_create(library, load->wires, load->cancel, &load->error);
	if (load->edition == NULL)
		return;
	load->fingerprint = load->edition->library->fingerprint;
}

static void free_load(struct job *job)
{
	struct load *load = (struct load *)job;
	edition_destroy(load->edition);
	strings_finish(&load->watched);
	strings_finish(&load->warnings);
	free(load);
}

static void run_disposal(struct job *job)
{
	struct disposal *disposal = (struct disposal *)job;
	edition_destroy(disposal->edition);
	disposal->edition = NULL;
	malloc_trim(0);
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

static void serve(struct librarian *librarian, struct load *load)
{
	dispose(librarian, quoter_swap(librarian->quoter, load->edition));
	load->edition = NULL;
	log_info(name, "reloaded: %zu quotes", quoter_count(librarian->quoter));
	searcher_index(librarian->searcher);
}

static void start_load(struct librarian *librarian, bool full);

/* It may have failed for a reason that passes and changes no file, as too many open ones do. */
static void put_off(struct librarian *librarian, struct load *load)
{
	bool is_news = strcmp(load->error.text, librarian->last.text) != 0;
	librarian->last = load->error;
	if (!librarian->started)
		return;
	retry_later(&librarian->retry);
	if (!is_news)
		return;
	log_warnings(name, &load->warnings);
	log_error(name, "reload: %s; the quotes stay as they were", load->error.text);
}

static void conclude(struct librarian *librarian, struct load *load)
{
	librarian->fingerprint = load->fingerprint;
	if (load->edition == NULL) {
		put_off(librarian, load);
		return;
	}
	retry_reset(&librarian->retry);
	librarian->last.text[0] = '\0';
	log_warnings(name, &load->warnings);
	serve(librarian, load);
}

/* Nobody is woken for nothing. */
static void look_if_blind(struct librarian *librarian)
{
	bool wanted = librarian->started && file_watch_is_blind(librarian->watch);
	if (wanted == (ev_is_active(&librarian->look) != 0))
		return;
	if (wanted) {
		ev_timer_set(&librarian->look, look_interval, look_interval);
		ev_timer_start(librarian->loop, &librarian->look);
		ev_unref(librarian->loop);
	} else {
		ev_ref(librarian->loop);
		ev_timer_stop(librarian->loop, &librarian->look);
	}
}

/* What was not watched until now may be in the middle of a change: it is looked at again later. */
static void on_loaded(struct job *job)
{
	struct load *load = (struct load *)job;
	struct librarian *librarian = load->librarian;
	bool is_news = file_watch_set(librarian->watch, &load->watched);
	bool changed = load->fingerprint != librarian->fingerprint;
	librarian->loading = false;
	look_if_blind(librarian);
	if (load->full)
		conclude(librarian, load);
	else if (changed && !is_news)
		librarian->again = librarian->again_full = true;
	free_load(job);
	if (librarian->again)
		start_load(librarian, librarian->again_full);
}

static void start_load(struct librarian *librarian, bool full)
{
	if (!librarian->started)
		return;
	if (librarian->loading) {
		librarian->again = true;
		librarian->again_full |= full;
		return;
	}
	struct load *load = mem_alloc(sizeof *load);
	load->job = (struct job){.run = run_load, .done = on_loaded, .discard = free_load};
	load->librarian = librarian;
	load->wires = quoter_wires(librarian->quoter);
	load->before = quoter_library(librarian->quoter);
	load->cancel = &librarian->cancel;
	load->full = full;
	librarian->again = librarian->again_full = false;
	if (full)
		retry_stop(&librarian->retry);
	librarian->loading = worker_submit(librarian->loader, &load->job);
	if (!librarian->loading)
		free_load(&load->job);
}

static void on_change(void *data)
{
	start_load(data, false);
}

static void on_retry(void *data)
{
	start_load(data, true);
}

/* Who asks is told why it fails, again. */
void librarian_reload(struct librarian *librarian)
{
	retry_reset(&librarian->retry);
	librarian->last.text[0] = '\0';
	start_load(librarian, true);
}

static void on_look(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)events;
	start_load(timer->data, false);
}

struct librarian *librarian_create(struct ev_loop *loop, struct quoter *quoter,
	struct searcher *searcher, struct rng *rng, struct error *reterr)
{
	struct librarian *librarian = mem_alloc(sizeof *librarian);
	librarian->loop = loop;
	librarian->quoter = quoter;
	librarian->fingerprint = quoter_library(quoter)->fingerprint;
	ev_timer_init(&librarian->look, on_look, look_interval, look_interval);
	librarian->look.data = librarian;
	librarian->retry = (struct retry){
		.loop = loop,
		.rng = rng,
		.first = 5,
		.last = 60,
		.again = on_retry,
		.data = librarian,
	};
	retry_init(&librarian->retry);
	librarian->loader = worker_create(loop, 1, JOBS_MAX);
	librarian->searcher = searcher;
	librarian->watch = file_watch_create(loop, on_change, librarian);
	if (librarian->loader == NULL)
		error_set(reterr, "the system gives no thread to load quotes; raise its limits");
	else
		librarian->runner = command_runner_create(loop, quoter, rng, reterr);
	if (librarian->runner != NULL)
		return librarian;
	librarian_destroy(librarian);
	return NULL;
}

void librarian_start(struct librarian *librarian)
{
	librarian->started = true;
	look_if_blind(librarian);
	start_load(librarian, false);
	searcher_index(librarian->searcher);
	command_runner_start(librarian->runner);
}

void librarian_stop(struct librarian *librarian)
{
	if (!librarian->started)
		return;
	librarian->started = false;
	atomic_store(&librarian->cancel, true);
	look_if_blind(librarian);
	retry_stop(&librarian->retry);
	command_runner_stop(librarian->runner);
	searcher_stop(librarian->searcher);
}

void librarian_destroy(struct librarian *librarian)
{
	if (librarian == NULL)
		return;
	librarian_stop(librarian);
	file_watch_destroy(librarian->watch);
	worker_join(librarian->loader);
	command_runner_destroy(librarian->runner);
	free(librarian);
}
