#include "core/library/name_guess.h"

#include <string.h>

#include <criterion/criterion.h>

Test(name_guess, tells_names_from_other_text)
{
	static const struct {
		const char *text;
		bool named;
	} rows[] = {
		{"Ada", true},
		{"Ada Byron", true},
		{"Ada de la Byron y Smith", true},
		{"W. B. Smith Jr.", true},
		{"Jean-Luc O'Hara", true},
		{"\u00C9mile Zol\u00E1", true},
		{"\u8001\u820D", true},
		{"\u05D0\u05D1", true},
		{"Ada Byron, in a letter", true},
		{"Ada (in a letter)", true},
		{"Henry II", true},
		{"Author 1", true},
		{"", false},
		{"ada", false},
		{"\u00E9mile", false},
		{"de Byron", false},
		{"Ada went away", false},
		{"Ada.", true},
		{"Ada left. Byron.", false},
		{"Nobody.", false},
		{"Ada...", false},
		{"Ada?", false},
		{"Ada:", false},
		{"42", false},
		{"Y/N", false},
		{"One Two Three Four Five", true},
		{"One Two Three Four Five Six", false},
		{"Ada_Byron", false},
		{"Ada, who was a countess, wrote all of this at a time when it could not have been "
		 "known, and was never thanked for it by anyone",
			false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_expect_eq(name_guess(rows[i].text, strlen(rows[i].text)), rows[i].named, "%s",
			rows[i].text);
}
