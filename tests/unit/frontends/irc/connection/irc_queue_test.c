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
		cr_assert(irc_queue_push(queue, expected));
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
	irc_queue_push(queue, longest);
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
		cr_assert(irc_queue_push(queue, line));
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
