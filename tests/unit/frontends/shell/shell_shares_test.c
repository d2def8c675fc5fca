#include "frontends/shell/shell_shares.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

/* Has the files a (1 quote) and b (4, one of which is a's) in "files", c (2) in the private
 * "staff" and a command in "live". */
static const struct library *open(struct quotes *quotes)
{
	scratch_write("a", "1\n", 2);
	scratch_write("b", "2\n%\n3\n%\n4\n%\n1\n", 14);
	scratch_write("c", "5\n%\n6\n", 6);
	quotes_add(quotes, "files", "fortune:a");
	quotes_add(quotes, "files", "fortune:b");
	quotes_add(quotes, "staff", "fortune:c")->is_private = true;
	quotes_add(quotes, "live", "command:echo x")->percent = 20;
	return quoter_library(quotes_open(quotes));
}

Test(shell_shares, add_up_to_100, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *names[2]; /* none: all that are not private */
		double files[3], live;
	} rows[] = {
		{{NULL}, {20, 60, 0}, 20},
		{{"staff", "live"}, {0, 0, 80}, 20},
		{{"b"}, {0, 100, 0}, 0},
		{{"live"}, {0, 0, 0}, 100},
	};
	struct quotes quotes = {0};
	const struct library *library = open(&quotes);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct shell_shares shares;
		struct strings names = {0};
		struct error error = {0};
		for (size_t j = 0; j < 2 && rows[i].names[j] != NULL; j++)
			strings_add(&names, rows[i].names[j]);
		cr_assert(shell_shares_init(&shares, library, &names, &error), "%s", error.text);
		for (uint32_t j = 0; j < 3; j++)
			cr_expect_float_eq(shares.files[j], rows[i].files[j], 1e-9,
				"row %zu, file %u: %g", i, j, shares.files[j]);
		cr_expect_float_eq(shares.commands[2], rows[i].live, 1e-9, "row %zu", i);
		cr_expect(shell_shares_any(&shares.selection, library));
		shell_shares_finish(&shares);
		strings_finish(&names);
	}
	quotes_finish(&quotes);
}

Test(shell_shares, are_not_of_what_is_unknown_or_empty, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct quotes quotes = {0};
	struct shell_shares shares;
	struct strings names = {0};
	struct error error = {0};
	quotes_add(&quotes, "staff", "static:x")->is_private = true;
	const struct library *library = quoter_library(quotes_open(&quotes));
	cr_assert(shell_shares_init(&shares, library, &names, &error));
	cr_expect_not(shell_shares_any(&shares.selection, library));
	cr_expect_eq(shares.files[0], 0);
	shell_shares_finish(&shares);
	strings_add(&names, "stuff");
	cr_expect_not(shell_shares_init(&shares, library, &names, &error));
	cr_expect_not_null(strstr(error.text, "did you mean 'staff'?"), "%s", error.text);
	strings_finish(&names);
	quotes_finish(&quotes);
}
