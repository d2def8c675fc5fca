#include "core/choice/reserve.h"

#include <string.h>

#include <criterion/criterion.h>

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
