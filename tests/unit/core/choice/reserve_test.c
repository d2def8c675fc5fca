#include "core/choice/reserve.h"

#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/quotes.h"

static const struct quote_fit narrow = {.max_bytes = 8};
static const struct quote_fit wide = {0};
static const struct quote_filter any = {0};

static void put(struct reserve *reserve, const char *text)
{
	reserve_put(reserve, text, strlen(text));
}

static void check_taken(struct reserve *reserve, const struct quote_fit *fit, const char *text)
{
	struct quote quote;
	struct rng rng;
	rng_init(&rng, 1);
	bool taken = reserve_take(reserve, fit, &any, &rng, &quote);
	cr_assert_eq(taken, text != NULL);
	if (taken)
		cr_assert_str_eq(quote.text, text);
}

Test(reserve, gives_the_oldest_first_and_replaces_what_was_shown)
{
	struct reserve *reserve = reserve_create(3);
	cr_assert_eq(reserve_wanted(reserve), 3);
	check_taken(reserve, &wide, NULL);
	put(reserve, "one");
	put(reserve, "two");
	put(reserve, "three");
	cr_assert_eq(reserve_wanted(reserve), 0);
	check_taken(reserve, &wide, "one");
	check_taken(reserve, &wide, "two");
	cr_assert_eq(reserve_wanted(reserve), 2);
	put(reserve, "four");
	check_taken(reserve, &wide, "three");
	check_taken(reserve, &wide, "four");
	reserve_destroy(reserve);
}

/* A quote that fits no request must not keep a place from one that would. */
Test(reserve, replaces_what_does_not_fit)
{
	struct reserve *reserve = reserve_create(4);
	for (int i = 0; i < 4; i++)
		put(reserve, i % 2 == 0 ? "long, too long" : "short");
	check_taken(reserve, &narrow, "short");
	check_taken(reserve, &wide, "long, too long");
	check_taken(reserve, &narrow, "short");
	cr_assert_eq(reserve_wanted(reserve), 3, "the other long one may still fit a request");
	check_taken(reserve, &narrow, "short");
	cr_assert_eq(reserve_wanted(reserve), 4, "nothing new fit");
	for (int i = 0; i < 4; i++)
		put(reserve, "long, too long");
	check_taken(reserve, &narrow, NULL);
	cr_assert_eq(reserve_wanted(reserve), 4);
	put(reserve, "brief");
	check_taken(reserve, &narrow, "brief");
	reserve_destroy(reserve);
}

/* A collection keeps what its command has written only if both its name and its command are the
 * same in the other array. */
Test(reserve, exchanges_those_of_the_same_commands)
{
	struct quotes quotes = {0}, others = {0};
	quotes_add(&quotes, "files", "static:a");
	quotes_add(&quotes, "one", "command:one");
	quotes_add(&quotes, "two", "command:two");
	quotes_add(&quotes, "three", "command:three");
	quotes_add(&others, "two", "command:two");
	quotes_add(&others, "one", "command:other");
	quotes_add(&others, "drei", "command:three");
	quotes_open(&quotes);
	quotes_open(&others);
	struct reserve **left = reserve_create_each(&quotes.collections);
	struct reserve **right = reserve_create_each(&others.collections);
	cr_expect_null(left[0], "no command");
	put(left[1], "1");
	put(left[2], "2");
	put(left[3], "3");
	reserve_exchange(left, &quotes.collections, right, &others.collections);
	check_taken(left[1], &wide, "1");
	check_taken(left[2], &wide, NULL);
	check_taken(left[3], &wide, "3");
	check_taken(right[0], &wide, "2");
	check_taken(right[1], &wide, NULL);
	check_taken(right[2], &wide, NULL);
	reserve_destroy_each(left, &quotes.collections);
	reserve_destroy_each(right, &others.collections);
	quotes_finish(&quotes);
	quotes_finish(&others);
}
