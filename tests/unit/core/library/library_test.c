#include "core/library/library.h"

#include <criterion/criterion.h>

#include "core/choice/quoter.h"
#include "tests/support/quotes.h"

/* "b" and "c" have quotes of "a", and "c" has one of "b". */
Test(library, knows_the_files_of_a_quote)
{
	struct quotes quotes = {0};
	quotes_add_many(&quotes, "a", 3);
	quotes_add(&quotes, "b", "static:a1");
	quotes_add(&quotes, "b", "static:b0");
	quotes_add(&quotes, "c", "static:a1");
	quotes_add(&quotes, "c", "static:b0");
	const struct library *library = quoter_library(quotes_open(&quotes));
	uint32_t count;
	cr_assert_eq(library->store.count, 4);
	cr_assert_eq(library->share_count, 3);
	for (uint32_t quote = 0; quote < 3; quote++)
		cr_expect_eq(library->files[library_file_of(library, quote)].collection, 0);
	cr_expect_eq(library->files[library_file_of(library, 3)].collection, 1);
	library_shares_of(library, 0, &count);
	cr_expect_eq(count, 0);
	const struct library_share *shares = library_shares_of(library, 1, &count);
	cr_assert_eq(count, 2);
	cr_expect_eq(library->files[shares[0].file].collection, 1);
	cr_expect_eq(library->files[shares[1].file].collection, 2);
	library_shares_of(library, 3, &count);
	cr_expect_eq(count, 1);
	quotes_finish(&quotes);
}

Test(library, lives_as_long_as_a_reference)
{
	struct collections none = {.references = 1};
	struct library *library = library_create(&none);
	cr_expect_eq(library_hold(library), library);
	library_release(library);
	cr_expect_eq(library->references, 1);
	library_release(library);
	library_release(NULL);
}

Test(library, gives_a_quote_with_the_language_of_its_file)
{
	static char language[] = "de-AT";
	struct quotes quotes = {0};
	quotes_add(&quotes, "a", "static:a");
	quotes_add(&quotes, "b", "static:b")->language = language;
	quotes_add(&quotes, "b", "static:a");
	const struct library *library = quoter_library(quotes_open(&quotes));
	struct quote first = library_quote(library, 0);
	struct quote second = library_quote(library, 1);
	cr_expect_str_eq(first.text, "a");
	cr_expect_null(first.language, "that of the first file that has it");
	cr_expect_str_eq(second.text, "b");
	cr_expect_str_eq(second.language, "de-AT");
	quotes_finish(&quotes);
}
