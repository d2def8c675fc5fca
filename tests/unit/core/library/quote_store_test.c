#include "core/library/quote_store.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/library/quote_id.h"

static void add(struct quote_store *store, const char *text)
{
	cr_assert(quote_store_add(store, text, strlen(text)));
}

static void check_quote(const struct quote *quote, const char *text, const char *author)
{
	cr_assert_str_eq(quote->text, text);
	cr_assert_eq(quote->length, strlen(text));
	cr_assert_eq(quote->author == NULL, author == NULL);
	if (author == NULL) {
		cr_assert_eq(quote->body_length, quote->length);
		return;
	}
	cr_assert_eq(quote->author_length, strlen(author));
	cr_assert_eq(strncmp(quote->author, author, strlen(author)), 0);
	cr_assert(quote->author > quote->text &&
		  quote->author + quote->author_length <= quote->text + quote->length);
}

Test(quote_store, returns_what_was_added)
{
	struct quote_store store = {0};
	add(&store, "a");
	add(&store, "Be.\n-- Me");
	add(&store, "Be.\n    -- Me\n       and you");
	add(&store, "\u00e9");
	add(&store, "Be kind.\n(Me)");
	quote_store_trim(&store);
	static const struct {
		const char *text, *author;
	} rows[] = {
		{"a", NULL},
		{"Be.\n-- Me", "Me"},
		{"Be.\n    -- Me\n       and you", "Me\n       and you"},
		{"\u00e9", NULL},
		{"Be kind.\n(Me)", "Me"},
	};
	cr_assert_eq(store.count, sizeof rows / sizeof rows[0]);
	for (uint32_t i = 0; i < store.count; i++) {
		struct quote quote = quote_store_get(&store, i);
		check_quote(&quote, rows[i].text, rows[i].author);
		/* However the author is written. */
		cr_assert_eq(quote.id, quote_id_of(rows[i].text, strlen(rows[i].text)));
	}
	quote_store_finish(&store);
	cr_assert_eq(store.count, 0);
}

Test(quote_store, can_be_cut)
{
	struct quote_store store = {0};
	add(&store, "a");
	add(&store, "bb");
	quote_store_cut(&store, 2);
	cr_assert_eq(store.count, 2);
	quote_store_cut(&store, 1);
	cr_assert_eq(store.count, 1);
	add(&store, "ccc");
	cr_assert_str_eq(quote_store_get(&store, 0).text, "a");
	cr_assert_str_eq(quote_store_get(&store, 1).text, "ccc");
	quote_store_finish(&store);
}

Test(quote_store, grows)
{
	enum { COUNT = 10000 };
	struct quote_store store = {0};
	char text[16];
	for (int i = 0; i < COUNT; i++) {
		snprintf(text, sizeof text, "number %d", i);
		add(&store, text);
		if (i % 3000 == 0)
			quote_store_trim(&store);
	}
	for (uint32_t i = 0; i < COUNT; i++) {
		snprintf(text, sizeof text, "number %u", i);
		cr_assert_str_eq(quote_store_get(&store, i).text, text);
	}
	quote_store_finish(&store);
}

Test(quote_store, refuses_more_than_32_bits_can_count)
{
	struct quote_store empty = {0}, full = {.count = UINT32_MAX};
	cr_assert_not(quote_store_add(&empty, "a", (size_t)UINT32_MAX + 1));
	cr_assert_not(quote_store_add(&full, "a", 1));
	quote_store_trim(&empty);
	cr_assert_eq(empty.count, 0);
}

Test(quote_store, counts_what_it_does_not_know)
{
	struct quote_store store = {0}, full = {.count = UINT32_MAX - 1};
	cr_assert(quote_store_add_unread(&store, 40));
	cr_assert(quote_store_add_unread(&store, 2));
	cr_expect_eq(store.count, 42);
	cr_expect_null(store.quotes, "they take no memory");
	quote_store_cut(&store, 40);
	cr_expect_eq(store.count, 40);
	cr_assert_not(quote_store_add_unread(&full, 2));
	quote_store_finish(&store);
}
