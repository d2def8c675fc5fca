#include "frontends/web/page/page_date.h"

#include <criterion/criterion.h>

static int64_t day_of_text(const char *text)
{
	int64_t day = 0;
	cr_assert(day_parse(text, &day));
	return day;
}

Test(page_date, texts)
{
	static const struct {
		const char *day, *whole, *brief, *month, *number, *first;
	} rows[] = {
		{"2026-11-26", "Thursday, 26 November 2026", "Thu 26", "November 2026", "2026-11",
			"2026-11-01"},
		{"1970-01-01", "Thursday, 1 January 1970", "Thu 1", "January 1970", "1970-01",
			"1970-01-01"},
		{"1969-12-31", "Wednesday, 31 December 1969", "Wed 31", "December 1969", "1969-12",
			"1969-12-01"},
		{"2024-02-29", "Thursday, 29 February 2024", "Thu 29", "February 2024", "2024-02",
			"2024-02-01"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t day = day_of_text(rows[i].day);
		char number[DAY_TEXT_SIZE];
		struct buffer out = {0};
		page_date_add(day, &out);
		cr_expect_str_eq(out.data, rows[i].whole);
		buffer_clear(&out);
		page_date_add_short(day, &out);
		cr_expect_str_eq(out.data, rows[i].brief);
		buffer_clear(&out);
		page_date_add_month(day, &out);
		cr_expect_str_eq(out.data, rows[i].month);
		page_date_format_month(day, number);
		cr_expect_str_eq(number, rows[i].number);
		cr_expect_eq(page_date_first(day), day_of_text(rows[i].first));
		buffer_finish(&out);
	}
}

Test(page_date, reads_months)
{
	static const struct {
		const char *text, *first;
	} rows[] = {{"2026-11", "2026-11-01"}, {"2026-13", NULL}, {"2026-1", NULL}, {"", NULL},
		{"2026-11-01", NULL}, {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int64_t first = 0;
		bool valid = page_date_parse_month(rows[i].text, &first);
		cr_expect_eq(valid, rows[i].first != NULL, "%s", rows[i].text);
		if (valid)
			cr_expect_eq(first, day_of_text(rows[i].first));
	}
}

Test(page_date, links_lead_back_a_year)
{
	cr_expect(page_date_has_link(20000, 20000));
	cr_expect(page_date_has_link(20000 - PAGE_DATE_BACK, 20000));
	cr_expect_not(page_date_has_link(20000 - PAGE_DATE_BACK - 1, 20000));
	cr_expect_not(page_date_has_link(20001, 20000));
}
