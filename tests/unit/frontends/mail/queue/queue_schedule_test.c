#include "frontends/mail/queue/queue_schedule.h"

#include <criterion/criterion.h>

Test(queue_schedule, begins_as_many_sessions_as_messages_need)
{
	static const struct {
		size_t workers;
		int64_t due;
		int64_t fresh;
		size_t sessions;
		size_t retrying;
	} cases[] = {
		{4, 0, 0, 0, 0},
		{4, 1, 1, 1, 1},
		{4, 16, 16, 1, 1},
		{4, 17, 17, 2, 2},
		{4, 100, 100, 4, 3},
		/* Of what failed before, nothing is for the last worker. */
		{4, 100, 0, 3, 3},
		{1, 100, 0, 1, 1},
		{2, 100, 0, 1, 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct queue_schedule schedule = {.workers = cases[i].workers,
			.counts = {.due = cases[i].due, .fresh = cases[i].fresh}};
		bool retried;
		while (queue_schedule_begin(&schedule, &retried))
			;
		cr_expect_eq(
			schedule.sessions, cases[i].sessions, "%zu: %zu", i, schedule.sessions);
		cr_expect_eq(
			schedule.retrying, cases[i].retrying, "%zu: %zu", i, schedule.retrying);
	}
}

Test(queue_schedule, begins_another_session_once_one_has_ended)
{
	struct queue_schedule schedule = {.workers = 1};
	bool retried = false;
	queue_schedule_add(&schedule);
	cr_expect_eq(schedule.counts.queued, 1);
	cr_expect(queue_schedule_begin(&schedule, &retried));
	cr_expect(retried);
	queue_schedule_add(&schedule);
	schedule.counts.due = 1;
	cr_expect_not(queue_schedule_begin(&schedule, &retried));
	queue_schedule_end(&schedule, retried);
	cr_expect(queue_schedule_begin(&schedule, &retried));
}

Test(queue_schedule, looks_when_the_next_message_is_due)
{
	static const struct {
		int64_t next_due;
		double seconds;
	} cases[] = {{0, 10}, {5000, 4}, {60000, 10}, {1000, 0.01}, {500, 0.01}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct queue_schedule schedule = {.counts.next_due = cases[i].next_due};
		double seconds = queue_schedule_look(&schedule, 1000);
		cr_expect_float_eq(seconds, cases[i].seconds, 1e-9, "%zu: %f", i, seconds);
	}
}

Test(queue_schedule, doubles_the_wait_of_each_failure)
{
	static const struct {
		int64_t tries;
		double chance;
		int64_t wait;
	} cases[] = {{0, 0, 60000}, {1, 0, 120000}, {3, 0, 480000}, {4, 0, 600000},
		{1000000, 0, 600000}, {0, 1, 66000}, {1000000, 1, 660000}};
	const struct queue_schedule schedule = {.retry_first = 60, .retry_last = 600};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int64_t wait = queue_schedule_wait(&schedule, cases[i].tries, cases[i].chance);
		cr_expect_eq(wait, cases[i].wait, "%zu: %lld", i, (long long)wait);
	}
}
