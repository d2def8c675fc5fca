#include "frontends/irc/message/irc_mask.h"

#include <criterion/criterion.h>

Test(irc_mask, table)
{
	static const struct {
		const char *mask;
		const char *account;
		bool matches;
	} rows[] = {
		{"eve!*@*", NULL, true},
		{"EVE!*@*", NULL, true},
		{"eve", NULL, true},
		{"ev", NULL, false},
		{"e*", NULL, true},
		{"ev?", NULL, true},
		{"ev??", NULL, false},
		{"*@example.net", NULL, true},
		{"e@example.net", NULL, true},
		{"*@*.net", NULL, true},
		{"*@example.org", NULL, false},
		{"*!*@*", NULL, true},
		{"*", NULL, true},
		{"*e!e*@e*t", NULL, true},
		{"eve!e@example.net2", NULL, false},
		{"account:eve", NULL, false},
		{"account:eve", "Eve", true},
		{"account:eve", "mallory", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_assert_eq(irc_mask_matches(rows[i].mask, "eve!e@example.net", rows[i].account),
			rows[i].matches, "%s", rows[i].mask);
}

Test(irc_mask, any_of_several)
{
	struct strings masks = {0};
	cr_assert_not(irc_mask_any(&masks, "a!b@c", NULL));
	strings_add(&masks, "x");
	strings_add(&masks, "a!*@c");
	cr_assert(irc_mask_any(&masks, "a!b@c", NULL));
	strings_finish(&masks);
}

Test(irc_mask, check)
{
	struct error error;
	cr_assert(irc_mask_check("a!b@*", &error));
	cr_assert(irc_mask_check("account:eve", &error));
	cr_assert_not(irc_mask_check("account:", &error));
	cr_assert_not(irc_mask_check("a b", &error));
	cr_assert_str_eq(error.text,
		"'a b' is not a mask; write it as \"nick!user@host\" with * and "
		"?, or as \"account:NAME\"");
}
