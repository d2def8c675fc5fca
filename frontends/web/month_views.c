#include "core/base/day.h"
#include "frontends/web/api/api_json.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/list_page.h"
#include "frontends/web/page/page_date.h"
#include "frontends/web/page/quote_card.h"

enum { WORDS_OF_DAY = 100 }; /* octets of each quote */

/* The days of a month that have come, with quotes. */
struct month {
	int64_t first;
	int64_t last;
	int64_t today;
};

static struct month month_of(int64_t first, int64_t today)
{
	int64_t last = page_date_first(first + 31) - 1;
	return (struct month){first, last < today ? last : today, today};
}

static void write_row(int64_t day, const struct quote *quote, struct buffer *out)
{
	char date[DAY_TEXT_SIZE];
	struct buffer words = {0};
	quote_card_add_words(quote, WORDS_OF_DAY, &words);
	day_format(day, date);
	buffer_format(out, "<li><a href=day/%s><time datetime=%s>", date, date);
	page_date_add_short(day, out);
	buffer_add(out, "</time> <span dir=auto>");
	html_escape(out, words.data, words.length);
	buffer_add(out, "</span></a>");
	buffer_finish(&words);
}

static void add_link(
	const struct month *month, int64_t day, const char *relation, struct buffer *out)
{
	char text[DAY_TEXT_SIZE];
	if (!page_date_has_link(day, month->today))
		return;
	page_date_format_month(day, text);
	buffer_format(out, "<li><a href=days/%s rel=%s>", text, relation);
	page_date_add_month(day, out);
	buffer_add(out, "</a> ");
}

static void write_rows(const struct visit *visit, const struct month *month, struct buffer *out)
{
	struct quote quote;
	buffer_add(out, "<ol class=\"g m\">");
	for (int64_t day = month->first; day <= month->last; day++) {
		if (visit_find_day(visit, day, NULL, &quote))
			write_row(day, &quote, out);
	}
	buffer_add(out, "</ol><nav class=n aria-label=Months><ul>");
	add_link(month, month->first - 1, "prev", out);
	add_link(month, month->last + 1, "next", out);
	buffer_add(out, "</ul></nav>");
}

static void write_page(struct visit *visit, const struct month *month)
{
	struct buffer title = {0};
	struct buffer path = {0};
	char text[DAY_TEXT_SIZE];
	page_date_format_month(month->first, text);
	buffer_format(&path, "days/%s", text);
	buffer_add(&title, "Quotes of ");
	page_date_add_month(month->first, &title);
	struct list_page list = {.title = title.data,
		.description = "A month at a glance: the quote of each day.",
		.path = path.data,
		.pager = {0, 31, 1}};
	list_page_begin(visit, &list);
	write_rows(visit, month, &visit->reply->content);
	list_page_end(visit, &list);
	buffer_finish(&title);
	buffer_finish(&path);
}

static void write_text(struct visit *visit, const struct month *month)
{
	struct buffer *out = &visit->reply->content;
	char date[DAY_TEXT_SIZE];
	struct quote quote;
	for (int64_t day = month->first; day <= month->last; day++) {
		if (!visit_find_day(visit, day, NULL, &quote))
			continue;
		day_format(day, date);
		buffer_format(out, "%s ", date);
		quote_card_add_words(&quote, WORDS_OF_DAY, out);
		buffer_add(out, "\n");
	}
}

static void write_json(struct visit *visit, const struct month *month)
{
	struct json_writer *object = json_writer_object();
	struct json_writer *array = json_writer_array();
	struct quote quote;
	for (int64_t day = month->first; day <= month->last; day++) {
		if (visit_find_day(visit, day, NULL, &quote))
			json_writer_element(array, api_json_quote_of_day(visit, &quote, day));
	}
	json_writer_member(object, "quotes", array);
	json_writer_line(object, &visit->reply->content);
}

static void write_month(struct visit *visit, int64_t first)
{
	struct quote quote;
	struct month month = month_of(first, day_today());
	if (!visit_find_day(visit, first, NULL, &quote)) {
		visit_fail(visit, 503, "There is no quote of the day.");
		return;
	}
	/* One that has not ended gets another line at midnight. */
	if (page_date_first(month.today) == first)
		visit_keep_today(visit);
	else
		visit->cache = VISIT_KEEP_A_DAY;
	if (visit->route.form == NEGOTIATE_FORM_HTML)
		write_page(visit, &month);
	else if (visit->route.form == NEGOTIATE_FORM_TEXT)
		write_text(visit, &month);
	else
		write_json(visit, &month);
}

static void answer_this_month(struct visit *visit)
{
	write_month(visit, page_date_first(day_today()));
}

static void answer_month(struct visit *visit)
{
	int64_t first;
	if (!page_date_parse_month(visit->route.name, &first))
		visit_fail(visit, 404, "There is no such month; write it as in days/2026-11.");
	else if (first > day_today())
		visit_fail(visit, 404, "That month has not come yet.");
	else
		write_month(visit, first);
}

const struct view month_views[] = {
	{"/days", VIEW_ALL, answer_this_month},
	{"/days/", VIEW_ALL, answer_month},
	{0},
};
