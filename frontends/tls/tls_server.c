#include "frontends/tls/tls_server.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/kit/secret.h"
#include "frontends/kit/worker.h"

struct tls_server {
	struct job job; /* first */
	struct ev_loop *loop;
	const char *name;
	char *certificate;
	char *key;
	double interval;
	struct tls_context *context;
	struct worker *worker; /* from start to stop */
	ev_timer timer;
	bool looking;
	struct stat seen[2]; /* the files as last read; the job's while it runs */
	bool changed;        /* by the job, as the two below */
	struct tls_context *fresh;
	struct error error;
};

/* Notices a change before it reads, so that one meanwhile is noticed next time. */
static bool has_changed(struct tls_server *server, const char *key)
{
	bool is_new = tls_context_look(server->certificate, &server->seen[0]);
	return tls_context_look(key, &server->seen[1]) || is_new;
}

/* A certificate with its key in one file is as secret as a key. */
static void read_files(struct tls_server *server)
{
	struct error error = {0};
	bool apart = *server->key != '\0';
	char *key = secret_find(apart ? server->key : server->certificate, &error);
	server->fresh = NULL;
	server->changed = has_changed(server, key);
	if (key == NULL)
		error_set(&server->error, "%s: %s", apart ? "tls_key" : "tls_certificate",
			error.text);
	else if (server->changed)
		server->fresh = tls_context_create_server(server->certificate, key, &server->error);
	free(key);
}

static void run_look(struct job *job)
{
	read_files((struct tls_server *)job);
}

static void on_looked(struct job *job)
{
	struct tls_server *server = (struct tls_server *)job;
	server->looking = false;
	if (!server->changed)
		return;
	if (server->fresh == NULL) {
		log_warning(server->name, "%s; the certificate before it stays in use",
			server->error.text);
		return;
	}
	tls_context_destroy(server->context);
	server->context = server->fresh;
	server->fresh = NULL;
	log_info(server->name, "presents the new certificate of %s", server->certificate);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	struct tls_server *server = timer->data;
	(void)loop, (void)events;
	if (server->looking)
		return;
	server->looking = worker_submit(server->worker, &server->job);
}

struct tls_server *tls_server_create(const struct tls_server_options *options, struct error *reterr)
{
	struct tls_server *server = mem_alloc(sizeof *server);
	server->loop = options->loop;
	server->name = options->name;
	server->certificate = mem_strdup(options->certificate);
	server->key = mem_strdup(options->key);
	server->interval = options->interval;
	server->job.run = run_look;
	server->job.done = on_looked;
	ev_init(&server->timer, on_timer);
	server->timer.data = server;
	server->timer.repeat = server->interval;
	/* Never as it was: a file that is missing is all zero too. */
	server->seen[0].st_size = -1;
	read_files(server);
	server->context = server->fresh;
	server->fresh = NULL;
	if (server->context != NULL)
		return server;
	*reterr = server->error;
	tls_server_destroy(server);
	return NULL;
}

bool tls_server_start(struct tls_server *server, struct error *reterr)
{
	server->worker = worker_create(server->loop, 1, 1);
	if (server->worker == NULL) {
		error_set(reterr, "cannot create a thread for the certificate; raise the limit on "
				  "threads");
		return false;
	}
	ev_timer_again(server->loop, &server->timer);
	return true;
}

struct tls_context *tls_server_context(const struct tls_server *server)
{
	return server->context;
}

void tls_server_stop(struct tls_server *server)
{
	if (server->worker == NULL)
		return;
	ev_timer_stop(server->loop, &server->timer);
	worker_join(server->worker);
	server->worker = NULL;
	server->looking = false;
	tls_context_destroy(server->fresh);
	server->fresh = NULL;
}

void tls_server_destroy(struct tls_server *server)
{
	if (server == NULL)
		return;
	tls_server_stop(server);
	tls_context_destroy(server->context);
	free(server->certificate);
	free(server->key);
	free(server);
}
