#include "core/base/suggest.h"

#include <criterion/criterion.h>

static const struct {
	const char *word;
	const char *expected;
} rows[] = {
	{"nikc", "nick"},     /* two swapped */
	{"nic", "nick"},      /* one missing */
	{"nickk", "nick"},    /* one too many */
	{"lisden", "listen"}, /* one wrong */
	{"lstin", NULL},      /* two slips in five letters */
	{"nick", "nick"},     /* right */
	{"LISTEN", "listen"}, /* but for its case */
	{"port", NULL},       /* nothing near */
	{"xy", NULL},         /* too far for its length */
	{"", NULL},
	{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL},
};

Test(suggest, finds_the_likely_word)
{
	static const char *const known[] = {"listen", "nick"};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *found = suggest_nearest(rows[i].word, known, 2);
		if (rows[i].expected == NULL)
			cr_expect_null(found, "%s", rows[i].word);
		else
			cr_expect_str_eq(
				found != NULL ? found : "", rows[i].expected, "%s", rows[i].word);
	}
}
