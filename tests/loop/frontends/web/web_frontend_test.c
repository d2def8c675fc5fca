#include "frontends/web/web_frontend.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/support/askers.h"
#include "tests/support/loop_support.h"
#include "tests/support/peer.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

/* The front end on the unix socket "web", without a search. */
struct scene {
	struct ev_loop *loop;
	struct quotes quotes;
	struct web_frontend_options options;
	struct frontend_context context;
	struct frontend *frontend;
	struct peer client;
};

static void prepare(struct scene *scene)
{
	*scene = (struct scene){.loop = loop_support_create()};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->context = (struct frontend_context){
		.loop = scene->loop,
		.rng = &scene->quotes.rng,
		.name = "web.test",
		.asker = askers_open(quoter, NULL, "web.test"),
	};
	peer_init(&scene->client, scene->loop);
	setting_defaults(web_frontend_ops.settings, &scene->options);
	strings_finish(&scene->options.http.listen);
	char *directory = getcwd(NULL, 0);
	char *address = mem_format("unix:%s/web", directory);
	strings_add(&scene->options.http.listen, address);
	free(address);
	free(directory);
}

static void start(struct scene *scene)
{
	struct error error = {0};
	scene->frontend = web_frontend_ops.create(&scene->context, &scene->options, &error);
	cr_assert_not_null(scene->frontend, "%s", error.text);
	cr_assert(web_frontend_ops.start(scene->frontend, &error), "%s", error.text);
}

static void finish(struct scene *scene)
{
	if (scene->frontend != NULL)
		web_frontend_ops.stop(scene->frontend);
	web_frontend_ops.destroy(scene->frontend);
	peer_finish(&scene->client);
	asker_destroy(scene->context.asker);
	setting_finish(web_frontend_ops.settings, &scene->options);
	quotes_finish(&scene->quotes);
	ev_loop_destroy(scene->loop);
}

/* Returns all that is said to a request on a connection of its own. */
static const char *ask(struct scene *scene, const char *path)
{
	char *request = mem_format("GET %s HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n"
				   "Connection: close\r\n\r\n",
		path);
	peer_hang_up(&scene->client);
	cr_assert(peer_connect(&scene->client, "web"));
	cr_assert(peer_says(&scene->client, request, strlen(request)));
	cr_assert(peer_is_left(&scene->client));
	free(request);
	return scene->client.heard.data;
}

static void expect(const char *text, const char *part)
{
	cr_expect_not_null(strstr(text, part), "'%s' is not in: %s", part, text);
}

Test(web_frontend, shows_quotes_as_pages_and_text, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene);
	free(scene.options.title);
	scene.options.title = mem_strdup("Words & such");
	scene.options.qotd_port = 1717;
	free(scene.options.base_url);
	scene.options.base_url = mem_strdup("http://base.example/quotes/");
	start(&scene);
	const char *page = ask(&scene, "/");
	expect(page, "HTTP/1.1 200 ");
	expect(page, "An apple a day");
	expect(page, " | Words &amp; such</title>");
	cr_expect_str_eq(web_frontend_ops.url(scene.frontend), "http://base.example/quotes");
	expect(page, "curl http://base.example/quotes</code> <code>nc base.example 1717<");
	expect(ask(&scene, "/random.txt"), "\r\n\r\nAn apple a day\n");
	expect(ask(&scene, "/nothing"), "HTTP/1.1 404 ");
	cr_expect_eq(web_frontend_ops.in_flight(scene.frontend), 0);
	finish(&scene);
}

Test(web_frontend, takes_no_new_clients_once_it_drains, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct scene scene;
	prepare(&scene);
	start(&scene);
	expect(ask(&scene, "/random.txt"), "HTTP/1.1 200 ");
	web_frontend_ops.drain(scene.frontend);
	peer_hang_up(&scene.client);
	cr_expect_not(peer_connect(&scene.client, "web"));
	finish(&scene);
}

Test(web_frontend, refuses_wrong_addresses, .init = scratch_enter, .fini = scratch_leave)
{
	struct scene scene;
	struct error error = {0};
	prepare(&scene);
	strings_add(&scene.options.http.listen, "nowhere");
	cr_expect_null(web_frontend_ops.create(&scene.context, &scene.options, &error));
	cr_expect_eq(strncmp(error.text, "listen: address 'nowhere': ", 27), 0, "%s", error.text);
	finish(&scene);
}
