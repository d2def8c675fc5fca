#include "frontends/kit/retry.h"

#include <string.h>

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct retry *retry = timer->data;
	ev_ref(loop);
	retry->again(retry->data);
}

void retry_init(struct retry *retry, struct ev_loop *loop, struct rng *rng, double first,
	double last, void (*again)(void *data), void *data)
{
	*retry = (struct retry){
		.loop = loop,
		.rng = rng,
		.backoff = {.first = first, .last = last},
		.again = again,
		.data = data,
	};
	ev_timer_init(&retry->timer, on_timer, 0, 0);
	retry->timer.data = retry;
}

bool retry_later(struct retry *retry, const struct error *reason)
{
	bool is_news = strcmp(reason->text, retry->last.text) != 0;
	retry->last = *reason;
	retry_stop(retry);
	ev_timer_set(&retry->timer, backoff_next(&retry->backoff, retry->rng), 0);
	ev_timer_start(retry->loop, &retry->timer);
	ev_unref(retry->loop);
	return is_news;
}

void retry_stop(struct retry *retry)
{
	if (!ev_is_active(&retry->timer))
		return;
	ev_ref(retry->loop);
	ev_timer_stop(retry->loop, &retry->timer);
}

void retry_reset(struct retry *retry)
{
	retry_stop(retry);
	backoff_reset(&retry->backoff);
	retry->last.text[0] = '\0';
}
