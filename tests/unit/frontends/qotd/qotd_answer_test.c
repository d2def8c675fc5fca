#include "frontends/qotd/qotd_answer.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <string.h>

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
	struct metrics *metrics;
	struct asker *asker;
	struct qotd_answer answer;
};

static void begin(struct scene *scene, const char *spec, enum ask_kind kind)
{
	*scene = (struct scene){.registry = metrics_registry_create()};
	scene->metrics = metrics_registry_open(scene->registry, "qotd.test", rows);
	scene->asker = askers_open(quotes_open_one(&scene->quotes, spec), NULL, "qotd.test");
	qotd_answer_init(&scene->answer, scene->asker, scene->metrics, kind);
}

static void end(struct scene *scene)
{
	qotd_answer_finish(&scene->answer);
	asker_destroy(scene->asker);
	quotes_finish(&scene->quotes);
	metrics_registry_destroy(scene->registry);
}

Test(qotd_answer, ends_lines_in_crlf_within_its_limit)
{
	static const enum ask_kind kinds[] = {ASK_KIND_RANDOM, ASK_KIND_TODAY};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct scene scene;
		begin(&scene, "static:An apple\na day", kinds[i]);
		qotd_answer_prepare(&scene.answer, 17);
		cr_assert(qotd_answer_next(&scene.answer, 17));
		cr_assert_eq(scene.answer.text.length, 17);
		cr_assert_eq(memcmp(scene.answer.text.data, "An apple\r\na day\r\n", 17), 0);
		cr_assert_eq(scene.answer.unanswered, 0);
		end(&scene);
	}
}

Test(qotd_answer, warns_once_that_no_quote_fits, .init = cr_redirect_stderr)
{
	char log[512] = "";
	struct scene scene;
	begin(&scene, "static:An apple\na day", ASK_KIND_RANDOM);
	for (int i = 0; i < 3; i++)
		cr_assert_not(qotd_answer_next(&scene.answer, 16));
	cr_assert_eq(scene.answer.unanswered, 3);
	cr_assert_eq(metrics_value(scene.metrics, QOTD_ANSWER_METRICS_NO_QUOTE), 3);
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
	begin(&scene, "static:x", ASK_KIND_RANDOM);
	qotd_answer_count(&scene.answer, true);
	qotd_answer_count(&scene.answer, true);
	qotd_answer_count(&scene.answer, false);
	cr_assert_eq(metrics_value(scene.metrics, METRICS_ANSWERS), 2);
	cr_assert_eq(metrics_value(scene.metrics, QOTD_ANSWER_METRICS_NOT_SENT), 1);
	end(&scene);
}
