#include "frontends/irc/connection/irc_queue.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool pop(struct irc_queue *queue, double now, char ret_line[600], double *ret_wait)
{
	char *line = irc_queue_pop(queue, now, ret_wait);
	if (line == NULL)
		return false;
	snprintf(ret_line, 600, "%s", line);
	free(line);
	return true;
}

Test(irc_queue, burst_then_one_per_interval)
{
	struct irc_queue *queue = irc_queue_create(4, 2, 64);
	char line[600];
	double wait;
	for (int i = 0; i < 10; i++)
		cr_assert(irc_queue_push(queue, "x"));
	for (int i = 0; i < 4; i++)
		cr_assert(pop(queue, 1000, line, &wait));
	cr_assert_not(pop(queue, 1000, line, &wait));
	cr_assert_float_eq(wait, 2, 1e-6);
	cr_assert_not(pop(queue, 1001, line, &wait));
	cr_assert_float_eq(wait, 1, 1e-6);
	cr_assert(pop(queue, 1002, line, &wait));
	cr_assert_not(pop(queue, 1002, line, &wait));
	/* A long rest fills the bucket no further than its burst. */
	for (int i = 0; i < 4; i++)
		cr_assert(pop(queue, 5000, line, &wait));
	cr_assert_not(pop(queue, 5000, line, &wait));
	cr_assert_eq(irc_queue_count(queue), 1);
	irc_queue_destroy(queue);
}

Test(irc_queue, three_hundred_without_pacing)
{
	struct irc_queue *queue = irc_queue_create(4, 0, 1000);
	char line[600];
	char expected[16];
	double wait;
	for (int i = 0; i < 300; i++) {
		snprintf(expected, sizeof expected, "%d", i);
		cr_assert(irc_queue_push(queue, "%s", expected));
	}
	for (int i = 0; i < 300; i++) {
		snprintf(expected, sizeof expected, "%d", i);
		cr_assert(pop(queue, 1, line, &wait));
		cr_assert_str_eq(line, expected);
	}
	cr_assert_not(pop(queue, 1, line, &wait));
	cr_assert_lt(wait, 0);
	irc_queue_destroy(queue);
}

Test(irc_queue, bounded)
{
	struct irc_queue *queue = irc_queue_create(4, 2, 2);
	cr_assert(irc_queue_push(queue, "1"));
	cr_assert(irc_queue_push(queue, "2"));
	cr_assert_not(irc_queue_push(queue, "3"));
	cr_assert_eq(irc_queue_room(queue), 0);
	irc_queue_clear(queue);
	cr_assert_eq(irc_queue_room(queue), 2);
	irc_queue_destroy(queue);
}

Test(irc_queue, nothing_can_be_injected)
{
	struct irc_queue *queue = irc_queue_create(4, 0, 8);
	char line[600];
	double wait;
	char longest[600];
	memset(longest, 'x', sizeof longest - 1);
	longest[599] = '\0';
	memcpy(longest + 509, "\xc3\xa4", 2);
	irc_queue_push(queue, "PRIVMSG a :b\r\nQUIT\n");
	irc_queue_push(queue, "%s", longest);
	cr_assert(pop(queue, 1, line, &wait));
	cr_assert_str_eq(line, "PRIVMSG a :b  QUIT ");
	cr_assert(pop(queue, 1, line, &wait));
	cr_assert_eq(strlen(line), 509);
	irc_queue_destroy(queue);
}

Test(irc_queue, can_be_set_to_other_numbers)
{
	struct irc_queue *queue = irc_queue_create(1, 100, 4);
	double wait;
	for (int i = 0; i < 4; i++) {
		char line[] = {(char)('a' + i), '\0'};
		cr_assert(irc_queue_push(queue, "%s", line));
	}
	char *first = irc_queue_pop(queue, 0, &wait);
	cr_expect_str_eq(first, "a");
	free(first);
	cr_assert(irc_queue_push(queue, "e"));
	irc_queue_set(queue, 9, 0, 2);
	cr_expect_not(irc_queue_push(queue, "f"), "four wait, and two may");
	cr_expect_eq(irc_queue_room(queue), 0);
	static const char *const rest[] = {"b", "c", "d", "e"};
	for (int i = 0; i < 4; i++) {
		char *line = irc_queue_pop(queue, 0, &wait);
		cr_assert_not_null(line, "there is no pacing any more");
		cr_expect_str_eq(line, rest[i]);
		free(line);
	}
	cr_expect(irc_queue_push(queue, "f"));
	irc_queue_destroy(queue);
}

static void push_answer(
	struct irc_queue *queue, const char *first, const char *second, const char *person)
{
	struct strings lines = {0};
	strings_add(&lines, first);
	if (second != NULL)
		strings_add(&lines, second);
	cr_assert(irc_queue_push_answer(queue, &lines, person, 15));
	strings_finish(&lines);
}

static void expect_line(struct irc_queue *queue, double now, const char *wanted)
{
	double wait;
	char *line = irc_queue_pop(queue, now, &wait);
	if (wanted == NULL)
		cr_assert_null(line, "%s", line);
	else
		cr_assert_str_eq(line, wanted);
	free(line);
}

/* What has begun is finished, and what is not an answer waits as long as it must. */
Test(irc_queue, stale_answers_are_dropped_whole)
{
	struct irc_queue *queue = irc_queue_create(1, 10, 16);
	push_answer(queue, "a1", "a2", "a");
	push_answer(queue, "b1", "b2", "b");
	irc_queue_push(queue, "JOIN #a");
	cr_assert_eq(irc_queue_waiting(queue, "a"), 1);
	expect_line(queue, 0, "a1");
	cr_assert_eq(irc_queue_waiting(queue, "a"), 0);
	expect_line(queue, 0, NULL);
	expect_line(queue, 14.9, "a2");
	expect_line(queue, 15, NULL);
	cr_assert_eq(irc_queue_count(queue), 1);
	cr_assert_eq(irc_queue_expired(queue), 1);
	expect_line(queue, 25, "JOIN #a");
	irc_queue_destroy(queue);
}

Test(irc_queue, an_answer_is_taken_whole_or_not_at_all)
{
	struct irc_queue *queue = irc_queue_create(4, 0, 3);
	struct strings lines = {0};
	push_answer(queue, "a1", "a2", "a");
	strings_add(&lines, "b1");
	strings_add(&lines, "b2");
	cr_assert_not(irc_queue_push_answer(queue, &lines, "b", 15));
	cr_assert_eq(irc_queue_count(queue), 2);
	cr_assert_eq(irc_queue_waiting(queue, "b"), 0);
	strings_finish(&lines);
	irc_queue_destroy(queue);
}

/* 4 at once and one in 2 s become 2 and one in 4 s, then 1 and one in 8 s, down to a 16th. */
Test(irc_queue, slows_down_after_a_flood)
{
	struct irc_queue *queue = irc_queue_create(4, 2, 64);
	double wait;
	for (int i = 0; i < 32; i++)
		irc_queue_push(queue, "x");
	irc_queue_slow_down(queue);
	for (int i = 0; i < 2; i++)
		expect_line(queue, 0, "x");
	cr_assert_null(irc_queue_pop(queue, 0, &wait));
	cr_assert_float_eq(wait, 4, 1e-9);
	irc_queue_set(queue, 4, 2, 64);
	for (int i = 0; i < 10; i++)
		irc_queue_slow_down(queue);
	expect_line(queue, 1000, "x");
	cr_assert_null(irc_queue_pop(queue, 1000, &wait));
	cr_assert_float_eq(wait, 32, 1e-9);
	irc_queue_destroy(queue);
}
