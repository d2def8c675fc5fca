#include "frontends/tls/tls_server.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/certificates.h"
#include "tests/support/loop_support.h"
#include "tests/support/scratch.h"

TestSuite(tls_server, .init = scratch_enter, .fini = scratch_leave);

struct scene {
	struct ev_loop *loop;
	struct tls_server *server;
	const struct tls_context *before;
};

static bool is_new(void *data)
{
	struct scene *scene = data;
	return tls_server_context(scene->server) != scene->before;
}

static void prepare(struct scene *scene)
{
	char fingerprint[65];
	struct error error = {0};
	*scene = (struct scene){.loop = loop_support_create()};
	certificates_write("DNS:a", fingerprint);
	scene->server = tls_server_create(
		&(struct tls_server_options){scene->loop, "test", "./server.pem", "", 0.02},
		&error);
	cr_assert_not_null(scene->server, "%s", error.text);
	cr_assert(tls_server_start(scene->server, &error), "%s", error.text);
	scene->before = tls_server_context(scene->server);
}

static void finish(struct scene *scene)
{
	tls_server_destroy(scene->server);
	ev_loop_destroy(scene->loop);
}

Test(tls_server, takes_a_new_certificate)
{
	char fingerprint[65];
	struct scene scene;
	prepare(&scene);
	certificates_write("DNS:b", fingerprint);
	cr_assert(loop_support_until(scene.loop, is_new, &scene));
	finish(&scene);
}

/* Through a file that cannot be used and one that others may read. */
Test(tls_server, keeps_the_one_before_it)
{
	struct scene scene;
	prepare(&scene);
	rename("server.pem", "good.pem");
	scratch_write("server.pem", "hello\n", 6);
	for (int i = 0; i < 20; i++)
		ev_run(scene.loop, EVRUN_ONCE);
	cr_expect_eq(tls_server_context(scene.server), scene.before);
	chmod("good.pem", 0644);
	rename("good.pem", "server.pem");
	for (int i = 0; i < 20; i++)
		ev_run(scene.loop, EVRUN_ONCE);
	cr_expect_eq(tls_server_context(scene.server), scene.before);
	chmod("server.pem", 0600);
	cr_assert(loop_support_until(scene.loop, is_new, &scene));
	finish(&scene);
}

Test(tls_server, says_which_setting_is_wrong)
{
	char fingerprint[65];
	struct error error = {0};
	certificates_write("DNS:a", fingerprint);
	cr_expect_null(tls_server_create(
		&(struct tls_server_options){NULL, "test", "absent", "", 1}, &error));
	cr_expect_eq(strncmp(error.text, "tls_certificate: ", 17), 0, "%s", error.text);
	chmod("ca.pem", 0644);
	cr_expect_null(tls_server_create(
		&(struct tls_server_options){NULL, "test", "server.pem", "./ca.pem", 1}, &error));
	cr_expect_eq(strncmp(error.text, "tls_key: ", 9), 0, "%s", error.text);
}
