#include "config/setting.h"

#include <criterion/criterion.h>

struct bag {
	char *text;
	struct strings list;
	long number;
	bool flag;
	char *word;
};

#define AT(field) offsetof(struct bag, field)

static const char *const words[] = {"one", "two", NULL};

static const struct setting rows[] = {
	{"text", SETTING_TYPE_STRING, AT(text), "a \"b\"", 0, 0, .help = ""},
	{"list", SETTING_TYPE_STRINGS, AT(list), "{\"a\", \"b\\\"c\"}", 0, 0, .help = ""},
	{"number", SETTING_TYPE_INTEGER, AT(number), "7", -5, 10, .help = ""},
	{"flag", SETTING_TYPE_BOOLEAN, AT(flag), "true", 0, 0, .help = ""},
	{"word", SETTING_TYPE_CHOICE, AT(word), "two", 0, 0, .help = "", .choices = words},
	{0},
};

Test(setting, has_defaults)
{
	struct bag bag = {0};
	setting_defaults(rows, &bag);
	cr_expect_str_eq(bag.text, "a \"b\"");
	cr_assert_eq(bag.list.count, 2);
	cr_expect_str_eq(bag.list.items[1], "b\"c");
	cr_expect_eq(bag.number, 7);
	cr_expect(bag.flag);
	cr_expect_str_eq(bag.word, "two");
	setting_finish(rows, &bag);
	cr_expect_null(bag.text);
	cr_expect_eq(bag.list.count, 0);
}

Test(setting, takes_what_fits_its_type)
{
	static const struct {
		int row;
		const char *text, *error; /* NULL: it is taken */
	} cases[] = {
		{0, "", NULL},
		{1, "c", NULL},
		{2, "-5", NULL},
		{2, "10", NULL},
		{2, "11", "11 is out of range; it goes from -5 to 10"},
		{2, "1.5", "'1.5' is not a whole number"},
		{2, "", "'' is not a whole number"},
		{3, "off", NULL},
		{3, "yes", NULL},
		{3, "1", "'1' is neither true nor false"},
		{4, "one", NULL},
		{4, "three", "'three' is not one of one, two"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bag bag = {0};
		struct error error = {.text = ""};
		setting_defaults(rows, &bag);
		bool taken = setting_assign(&rows[cases[i].row], &bag, cases[i].text, &error);
		cr_expect_eq(taken, cases[i].error == NULL, "case %zu", i);
		cr_expect_str_eq(error.text, taken ? "" : cases[i].error);
		setting_finish(rows, &bag);
	}
}

Test(setting, copies_any_text)
{
	static const char text[] = "a \"b\", {c}\\\\n\n\t\u00e9\\";
	struct bag bag = {0}, copy = {0};
	setting_defaults(rows, &bag);
	for (int i = 0; i < 2; i++)
		cr_assert(setting_assign(&rows[i], &bag, text, NULL));
	setting_copy(rows, &copy, &bag);
	cr_expect_str_eq(copy.text, text);
	cr_assert_eq(copy.list.count, bag.list.count);
	cr_expect_str_eq(copy.list.items[copy.list.count - 1], text);
	setting_finish(rows, &bag);
	setting_finish(rows, &copy);
}

Test(setting, copies_and_compares_every_type)
{
	static const char *const others[] = {"x", "c", "3", "false", "one"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		struct bag bag = {0}, copy = {0};
		setting_defaults(rows, &bag);
		setting_copy(rows, &copy, &bag);
		cr_expect_neq(bag.text, copy.text);
		cr_expect(setting_equal(rows, &bag, &copy));
		cr_assert(setting_assign(&rows[i], &copy, others[i], NULL));
		cr_expect_not(setting_equal(rows, &bag, &copy), "row %zu", i);
		setting_finish(rows, &bag);
		setting_finish(rows, &copy);
	}
}
