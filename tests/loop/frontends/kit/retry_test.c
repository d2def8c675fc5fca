#include "frontends/kit/retry.h"

#include <criterion/criterion.h>

#include "tests/support/loop_support.h"

struct scene {
	struct ev_loop *loop;
	struct rng rng;
	struct retry retry;
	int calls;
};

static void on_again(void *data)
{
	++*(int *)data;
}

static bool is_called(void *data)
{
	return *(int *)data > 0;
}

static void scene_init(struct scene *scene, double first, double last)
{
	scene->loop = loop_support_create();
	scene->calls = 0;
	rng_init(&scene->rng, 1);
	scene->retry = (struct retry){
		.loop = scene->loop,
		.rng = &scene->rng,
		.first = first,
		.last = last,
		.again = on_again,
		.data = &scene->calls,
	};
	retry_init(&scene->retry);
}

Test(retry, waits_longer_to_the_last_and_begins_anew)
{
	static const double plain[] = {10, 20, 40, 80, 160, 300, 300, 300};
	struct scene scene;
	scene_init(&scene, 10, 300);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		double seconds = retry_later(&scene.retry);
		cr_assert(seconds >= plain[i] * 0.9 && seconds <= plain[i] * 1.1, "%f", seconds);
		cr_assert_neq(seconds, plain[i], "it jitters");
	}
	double once = retry_after(&scene.retry, 1000);
	cr_assert(once >= 900 && once <= 1100, "%f", once);
	retry_stop(&scene.retry);
	double next = retry_later(&scene.retry);
	cr_assert(next > 200 && next < 400, "neither a stop nor another wait is a success");
	retry_reset(&scene.retry);
	cr_assert_lt(retry_later(&scene.retry), 20);
	ev_loop_destroy(scene.loop);
}

Test(retry, calls_again_once)
{
	struct scene scene;
	scene_init(&scene, 0.01, 0.02);
	cr_assert_not(retry_is_waiting(&scene.retry));
	retry_later(&scene.retry);
	retry_later(&scene.retry);
	cr_assert(retry_is_waiting(&scene.retry));
	cr_assert(loop_support_until(scene.loop, is_called, &scene.calls));
	cr_assert_not(retry_is_waiting(&scene.retry));
	ev_run(scene.loop, 0);
	cr_assert_eq(scene.calls, 1);
	ev_loop_destroy(scene.loop);
}

Test(retry, calls_soon_but_not_at_once)
{
	struct scene scene;
	scene_init(&scene, 1000, 1000);
	retry_later(&scene.retry);
	retry_soon(&scene.retry);
	cr_assert_eq(scene.calls, 0);
	ev_run(scene.loop, 0);
	cr_assert_eq(scene.calls, 1);
	ev_loop_destroy(scene.loop);
}

Test(retry, does_not_call_once_stopped)
{
	struct scene scene;
	scene_init(&scene, 0.001, 0.001);
	retry_stop(&scene.retry);
	retry_later(&scene.retry);
	retry_stop(&scene.retry);
	retry_soon(&scene.retry);
	retry_reset(&scene.retry);
	cr_assert_not(retry_is_waiting(&scene.retry));
	cr_assert_not(ev_run(scene.loop, 0), "the loop waits for nothing");
	cr_assert_eq(scene.calls, 0);
	ev_loop_destroy(scene.loop);
}
