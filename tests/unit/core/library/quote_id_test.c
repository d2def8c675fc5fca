#include "core/library/quote_id.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/rng.h"
#include "core/library/id_index.h"

Test(quote_id, is_the_same_everywhere)
{
	char text[QUOTE_ID_LENGTH + 1];
	quote_id_format(quote_id_of("An apple a day", 14), text);
	cr_assert_str_eq(text, "yqwer9ttvmbf", "%s", text);
}

Test(quote_id, is_read_as_people_type_it)
{
	static const struct {
		const char *text;
		bool valid;
		uint64_t first, last;
	} rows[] = {
		{"000000000000", true, 0, 0},
		{"zzzzzzzzzzzz", true, 0xFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFF},
		{"ZZZZ", true, 0xFFFFF0000000000, 0xFFFFFFFFFFFFFFF},
		{"OoLI", true, 0x210000000000, 0x21FFFFFFFFFF},
		{"zzz", false, 0, 0},
		{"zzzzzzzzzzzzz", false, 0, 0},
		{"zzzu", false, 0, 0},
		{"zz z", false, 0, 0},
		{"", false, 0, 0},
		{"\xC3\xA9zzz", false, 0, 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t first = 0, last = 0;
		cr_assert_eq(
			quote_id_parse(rows[i].text, &first, &last), rows[i].valid, "row %zu", i);
		cr_assert_eq(first, rows[i].first, "row %zu: %lx", i, first);
		cr_assert_eq(last, rows[i].last, "row %zu: %lx", i, last);
	}
}

Test(quote_id, reads_back_what_it_writes)
{
	struct rng rng;
	rng_init(&rng, 1);
	for (int i = 0; i < 10000; i++) {
		char text[QUOTE_ID_LENGTH + 1];
		uint64_t id = rng_next(&rng) >> 4, first, last;
		quote_id_format(id, text);
		cr_assert_eq(strcspn(text, "ilouILOU"), QUOTE_ID_LENGTH);
		cr_assert(quote_id_parse(text, &first, &last));
		cr_assert(first == id && last == id);
		text[4] = '\0';
		cr_assert(quote_id_parse(text, &first, &last));
		cr_assert(first <= id && id <= last);
		cr_assert_geq(quote_id_common(first, id), 4);
	}
}

Test(quote_id, is_found_by_the_index)
{
	struct rng rng;
	rng_init(&rng, 1);
	for (uint32_t count = 0; count < 300; count += 1 + count / 8) {
		struct stored_quote quotes[300];
		struct quote_store store = {.quotes = quotes, .count = count};
		for (uint32_t i = 0; i < count; i++)
			quotes[i].id = i % 7 == 3 ? quotes[i - 1].id : rng_next(&rng) >> 4;
		id_index_build(&store);
		for (uint32_t i = 1; i < count; i++)
			cr_assert(quotes[store.order[i - 1]].id < quotes[store.order[i]].id ||
				  (quotes[store.order[i - 1]].id == quotes[store.order[i]].id &&
					  store.order[i - 1] < store.order[i]));
		for (uint32_t i = 0; i < 300; i++) {
			uint64_t id = i < count ? quotes[i].id : rng_next(&rng) >> 4;
			uint32_t at = id_index_position(&store, id);
			cr_assert(at == count || quotes[store.order[at]].id >= id);
			cr_assert(at == 0 || quotes[store.order[at - 1]].id < id);
		}
		free(store.order);
		free(store.starts);
	}
}
