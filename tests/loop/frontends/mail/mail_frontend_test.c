#include "frontends/mail/mail_frontend.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/keeper/searcher.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"
#include "tests/support/stores.h"

TestSuite(mail_frontend, .init = scratch_enter, .fini = scratch_leave);

enum { CLIENTS = 2 };

/* The front end on a unix socket, with a relay that accepts connections and never speaks. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct mail_options options;
	struct frontend_context context;
	struct searcher *searcher;
	struct frontend *frontend;
	char directory[32];
	char path[64];
	int relay;
	struct peer clients[CLIENTS];
};

static void set_text(char **field, char *text)
{
	free(*field);
	*field = text;
}

static void prepare(struct scene *scene)
{
	uint16_t port;
	struct error error;
	*scene = (struct scene){.loop = loop_support_create(), .directory = "/tmp/quoted_XXXXXX"};
	cr_assert_not_null(mkdtemp(scene->directory));
	snprintf(scene->path, sizeof scene->path, "%s/smtp", scene->directory);
	scene->relay = loop_support_listen(&port);
	setting_defaults(mail_frontend_ops.settings, &scene->options);
	strings_add(&scene->options.address, "quote@q.example");
	set_text(&scene->options.hostname, mem_strdup("mx.q.example"));
	char *server = mem_format("127.0.0.1:%u", (unsigned)port);
	strings_finish(&scene->options.relay);
	strings_add(&scene->options.relay, server);
	free(server);
	char *listen = mem_format("unix:%s", scene->path);
	strings_finish(&scene->options.smtp);
	strings_add(&scene->options.smtp, listen);
	free(listen);
	scene->context = (struct frontend_context){
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "mail.test",
		.store = stores_open(scene->loop),
	};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->searcher = searcher_create(scene->loop, quoter, &scene->quotes.rng, &error);
	cr_assert_not_null(scene->searcher);
	scene->context.asker = askers_open(quoter, scene->searcher, "mail.test");
}

static void start(struct scene *scene)
{
	struct error error;
	scene->frontend = mail_frontend_ops.create(&scene->context, &scene->options, &error);
	cr_assert_not_null(scene->frontend, "%s", error.text);
	cr_assert(mail_frontend_ops.start(scene->frontend, &error), "%s", error.text);
	for (int i = 0; i < CLIENTS; i++)
		peer_init(&scene->clients[i], scene->loop);
}

static void finish(struct scene *scene)
{
	mail_frontend_ops.stop(scene->frontend);
	mail_frontend_ops.destroy(scene->frontend);
	stores_close(scene->context.store);
	asker_destroy(scene->context.asker);
	searcher_destroy(scene->searcher);
	setting_finish(mail_frontend_ops.settings, &scene->options);
	quotes_finish(&scene->quotes);
	for (int i = 0; i < CLIENTS; i++)
		peer_finish(&scene->clients[i]);
	if (scene->relay >= 0)
		close(scene->relay);
	ev_loop_destroy(scene->loop);
	cr_assert_eq(rmdir(scene->directory), 0);
}

static struct peer *call(struct scene *scene, int index)
{
	cr_assert(peer_connect(&scene->clients[index], scene->path));
	return &scene->clients[index];
}

static void begin_data(struct peer *client)
{
	peer_say(client,
		"EHLO me\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<quote@q.example>\r\nDATA\r\n");
	peer_expect(client, "\r\n354 ");
}

Test(mail_frontend, closes_a_silent_client)
{
	struct scene scene;
	prepare(&scene);
	scene.options.idle_timeout = 1;
	start(&scene);
	call(&scene, 0);
	cr_assert(peer_is_left(&scene.clients[0]));
	finish(&scene);
}

static bool holds_two(void *data)
{
	const struct scene *scene = data;
	/* Each message counts twice: as a transaction and as what is to be kept. */
	return mail_frontend_ops.in_flight(scene->frontend) == 4;
}

/* Another process writes to the database, so that nothing can be kept. */
Test(mail_frontend, a_stop_drops_what_is_not_kept)
{
	struct scene scene;
	struct error error = {0};
	prepare(&scene);
	struct db *db = db_open("quoted.db", true, &error);
	cr_assert(db != NULL && db_begin(db), "%s", error.text);
	start(&scene);
	for (int i = 0; i < 2; i++) {
		begin_data(call(&scene, i));
		peer_say(&scene.clients[i], "\r\nx\r\n.\r\n");
	}
	cr_assert(loop_support_until(scene.loop, holds_two, &scene));
	mail_frontend_ops.stop(scene.frontend);
	cr_assert_eq(mail_frontend_ops.in_flight(scene.frontend), 0);
	cr_assert(peer_is_left(&scene.clients[0]) && peer_is_left(&scene.clients[1]));
	db_rollback(db);
	db_close(db);
	finish(&scene);
}
