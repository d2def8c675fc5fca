#include "frontends/kit/retry.h"

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop;
	(void)events;
	struct retry *retry = timer->data;
	retry->again(retry->data);
}

void retry_init(struct retry *retry)
{
	ev_timer_init(&retry->timer, on_timer, 0, 0);
	retry->timer.data = retry;
}

static void call_after(struct retry *retry, double seconds)
{
	ev_timer_stop(retry->loop, &retry->timer);
	ev_timer_set(&retry->timer, seconds, 0);
	ev_timer_start(retry->loop, &retry->timer);
}

double retry_after(struct retry *retry, double seconds)
{
	double wait = seconds * (0.9 + 0.2 * rng_unit(retry->rng));
	call_after(retry, wait);
	return wait;
}

double retry_later(struct retry *retry)
{
	double plain = retry->next > 0 ? retry->next : retry->first;
	retry->next = plain * 2 < retry->last ? plain * 2 : retry->last;
	return retry_after(retry, plain);
}

void retry_soon(struct retry *retry)
{
	call_after(retry, 0);
}

bool retry_is_waiting(const struct retry *retry)
{
	return ev_is_active(&retry->timer);
}

void retry_stop(struct retry *retry)
{
	ev_timer_stop(retry->loop, &retry->timer);
}

void retry_reset(struct retry *retry)
{
	retry_stop(retry);
	retry->next = 0;
}
