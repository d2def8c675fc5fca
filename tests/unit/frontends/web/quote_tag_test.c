#include "frontends/web/quote_tag.h"

#include <string.h>

#include <criterion/criterion.h>

Test(quote_tag, changes_with_all_that_is_shown)
{
	const struct quote quote = {.id = 7,
		.body_length = 5,
		.author = "Me, 1999",
		.author_length = 2,
		.language = "en"};
	const struct ask_place place = {.collection = {"fruit", 5, 9},
		.number = 3,
		.has_next = true,
		.next = 11,
		.author = {"Me", 2, 2}};
	struct quote quotes[] = {quote, quote, quote, quote, quote, quote};
	struct ask_place places[] = {place, place, place, place, place, place, place};
	uint64_t tags[15];
	size_t count = 0;
	quotes[0].id = 8;
	quotes[1].author = "We, 1999";
	quotes[2].author_length = 8;
	quotes[3].language = NULL;
	quotes[4].author = NULL;
	quotes[5].tags = "x";
	places[0].collection.name = "trees";
	places[1].collection.count = 10;
	places[2].number = 4;
	places[3].next = 12;
	places[4].has_previous = true;
	places[5].author.count = 3;
	places[6].author.name = "me";
	for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
		tags[count++] = quote_tag(&quotes[i], &place, NULL);
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		tags[count++] = quote_tag(&quote, &places[i], NULL);
	tags[count++] = quote_tag(&quote, &place, "https://example.org");
	tags[count++] = quote_tag(&quote, NULL, NULL);
	uint64_t tag = quote_tag(&quote, &place, NULL);
	cr_assert_eq(tag, quote_tag(&quote, &place, NULL));
	for (size_t i = 0; i < count; i++) {
		cr_expect_neq(tags[i], tag, "%zu", i);
		for (size_t j = 0; j < i; j++)
			cr_expect_neq(tags[i], tags[j], "%zu %zu", i, j);
	}
}

Test(quote_tag, tells_a_text_that_is_missing_from_an_empty_one)
{
	cr_expect_neq(quote_tag_add(1, NULL), quote_tag_add(1, ""));
	cr_expect_neq(quote_tag_add(quote_tag_add(1, "a"), "b"), quote_tag_add(1, "ab"));
}
