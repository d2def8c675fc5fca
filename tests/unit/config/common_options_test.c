#include "config/common_options.h"

#include <criterion/criterion.h>

#include "tests/support/scratch.h"

Test(common_options, take_a_seed)
{
	static const char *const refused[] = {"", "-1", "+1", " 1", "1x", "18446744073709551616"};
	struct common_options options = {0};
	struct error error = {0};
	cr_expect_eq(common_options_seed(&options, 7), 7);
	cr_expect(common_options_take_seed(&options, "0", &error));
	cr_expect_eq(common_options_seed(&options, 7), 0);
	cr_expect(common_options_take_seed(&options, "18446744073709551615", &error));
	cr_expect_eq(common_options_seed(&options, 7), UINT64_MAX);
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		cr_expect_not(
			common_options_take_seed(&options, refused[i], &error), "'%s'", refused[i]);
	cr_expect_str_eq(
		error.text, "--seed: '18446744073709551616' is not a number from 0 to 2^64 - 1");
}

Test(common_options, guess_the_format_of_a_file, .init = scratch_enter, .fini = scratch_leave)
{
	struct common_options options = {0};
	scratch_write("mine", "[\"one\"]", 7);
	common_options_add_file(&options.quotes, "mine");
	common_options_add_file(&options.quotes, ".");
	common_options_add_file(&options.quotes, "csv:mine");
	scratch_write("lines:mine", "one\n", 4);
	common_options_add_file(&options.quotes, "lines:mine");
	cr_assert_eq(options.quotes.count, 4);
	cr_expect_str_eq(options.quotes.items[0], "json:mine");
	cr_expect_str_eq(options.quotes.items[1], "fortune:.");
	cr_expect_str_eq(options.quotes.items[2], "csv:mine");
	cr_expect_str_eq(options.quotes.items[3], "fortune:lines:mine", "the file of that name");
	common_options_finish(&options);
}
