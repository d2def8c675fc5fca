#include "frontends/mail/queue/queue_schedule.h"

enum {
	MS = 1000,
	LOOK_SECONDS = 10, /* a person may have changed the queue */
};

#define SHORTEST_LOOK 0.01 /* seconds */

/* A worker is left for messages that never failed, as the others may take the relay long. */
static bool may_retry(const struct queue_schedule *schedule)
{
	return schedule->workers == 1 || schedule->retrying + 1 < schedule->workers;
}

/* The counts are set anew once the session has taken its messages. */
bool queue_schedule_begin(struct queue_schedule *schedule, bool *ret_retried)
{
	bool retried = may_retry(schedule);
	int64_t due = retried ? schedule->counts.due : schedule->counts.fresh;
	if (due <= 0 || schedule->sessions >= schedule->workers)
		return false;
	schedule->counts.due -= RELAY_BATCH;
	schedule->counts.fresh -= RELAY_BATCH;
	schedule->sessions++;
	schedule->retrying += retried;
	*ret_retried = retried;
	return true;
}

void queue_schedule_end(struct queue_schedule *schedule, bool retried)
{
	schedule->sessions--;
	schedule->retrying -= retried;
}

void queue_schedule_add(struct queue_schedule *schedule)
{
	schedule->counts.queued++;
	schedule->counts.due++;
	schedule->counts.fresh++;
}

double queue_schedule_look(const struct queue_schedule *schedule, int64_t now)
{
	int64_t next = schedule->counts.next_due;
	double seconds = LOOK_SECONDS;
	if (next > 0 && (double)(next - now) / MS < seconds)
		seconds = (double)(next - now) / MS;
	return seconds > SHORTEST_LOOK ? seconds : SHORTEST_LOOK;
}

int64_t queue_schedule_wait(const struct queue_schedule *schedule, int64_t tries, double chance)
{
	double last = (double)schedule->retry_last;
	double wait = (double)schedule->retry_first;
	for (int64_t i = 0; i < tries && wait < last; i++)
		wait *= 2;
	return (int64_t)((wait < last ? wait : last) * (1 + chance / 10) * MS);
}
