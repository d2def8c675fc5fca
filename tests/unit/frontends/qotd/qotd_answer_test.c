#include "frontends/qotd/qotd_answer.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/qotd/qotd_frontend.h"
#include "tests/support/askers.h"
#include "tests/support/quotes.h"

static const struct metrics_row rows[] = {
	METRICS_COMMON_ROWS,
	LISTENER_METRICS_ROWS,
	METRICS_REFUSAL("no_quote"),
	METRICS_REFUSAL("not_sent"),
	{.name = NULL},
};

struct scene {
	struct quotes quotes;
	struct metrics_registry *registry;
	struct frontend_context context;
	struct qotd_options options;
	struct buffer text;
};

static void begin(struct scene *scene, const char *spec, const char *serve)
{
	*scene = (struct scene){.registry = metrics_registry_create()};
	scene->context = (struct frontend_context){
		.name = "qotd.test",
		.metrics = metrics_registry_open(scene->registry, "qotd.test", rows),
		.asker = askers_open(quotes_open_one(&scene->quotes, spec), NULL, "qotd.test"),
	};
	scene->options.serve = mem_strdup(serve);
}

static bool next(struct scene *scene, size_t max_bytes)
{
	return qotd_answer_next(&scene->context, &scene->options, max_bytes, &scene->text);
}

static double unanswered(const struct scene *scene)
{
	return metrics_value(scene->context.metrics, QOTD_ANSWER_METRICS_NO_QUOTE);
}

static void end(struct scene *scene)
{
	buffer_finish(&scene->text);
	free(scene->options.serve);
	asker_destroy(scene->context.asker);
	quotes_finish(&scene->quotes);
	metrics_registry_destroy(scene->registry);
}

Test(qotd_answer, ends_lines_in_crlf_within_its_limit)
{
	static const char *const kinds[] = {"random", "today"};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct scene scene;
		begin(&scene, "static:An apple\na day", kinds[i]);
		cr_assert(next(&scene, 17));
		cr_assert_eq(scene.text.length, 17);
		cr_assert_eq(memcmp(scene.text.data, "An apple\r\na day\r\n", 17), 0);
		cr_assert_eq(unanswered(&scene), 0);
		end(&scene);
	}
}

Test(qotd_answer, warns_once_that_no_quote_fits, .init = cr_redirect_stderr)
{
	char log[512] = "";
	struct scene scene;
	begin(&scene, "static:An apple\na day", "random");
	for (int i = 0; i < 3; i++)
		cr_assert_not(next(&scene, 16));
	cr_assert_eq(unanswered(&scene), 3);
	end(&scene);
	fflush(stderr);
	cr_assert_gt(fread(log, 1, sizeof log - 1, cr_get_redirected_stderr()), 0);
	const char *warning = strstr(log, "no quote fits in 16 octets, so none was sent");
	cr_assert_not_null(warning, "%s", log);
	cr_assert_null(strstr(warning + 1, "no quote fits"), "%s", log);
}

Test(qotd_answer, counts_what_was_sent)
{
	struct scene scene;
	begin(&scene, "static:x", "random");
	qotd_answer_count(scene.context.metrics, true);
	qotd_answer_count(scene.context.metrics, true);
	qotd_answer_count(scene.context.metrics, false);
	cr_assert_eq(metrics_value(scene.context.metrics, METRICS_ANSWERS), 2);
	cr_assert_eq(metrics_value(scene.context.metrics, QOTD_ANSWER_METRICS_NOT_SENT), 1);
	end(&scene);
}
