/* Subscriptions to a daily quote by mail: a form, and the pages that mailed links lead to. Those
 * need a button, since programs that look at mail follow its links. */
#include <string.h>
#include <time.h>

#include "frontends/web/page/html.h"
#include "frontends/web/page/page_text.h"
#include "frontends/web/query_field.h"
#include "frontends/web/visit.h"

enum { COLLECTIONS_MAX = 500, LIMITED_SECONDS = 3600 };

/* The fields of the form. */
struct form {
	struct buffer address;
	struct buffer collection;
	struct buffer time;
};

static void finish(struct form *form)
{
	buffer_finish(&form->address);
	buffer_finish(&form->collection);
	buffer_finish(&form->time);
}

/* Returns false if one is not text. */
static bool read_form(const struct visit *visit, struct form *ret_form)
{
	const char *content = visit->request.content != NULL ? visit->request.content : "";
	struct buffer address = {0};
	*ret_form = (struct form){0};
	buffer_add(&ret_form->address, "");
	buffer_add(&ret_form->collection, "");
	buffer_add(&ret_form->time, "");
	bool valid = query_field_find(content, "address", &address) &&
		     query_field_find(content, "collection", &ret_form->collection) &&
		     query_field_find(content, "time", &ret_form->time);
	const char *start = address.length > 0 ? address.data : "";
	start += strspn(start, " \t");
	buffer_append(&ret_form->address, start, strcspn(start, " \t"));
	buffer_finish(&address);
	return valid;
}

static bool is_page(const struct visit *visit)
{
	return visit->route.form == NEGOTIATE_FORM_HTML;
}

/* The form */

static void write_option(const struct ask_group *group, const char *chosen, struct buffer *out)
{
	bool is_chosen =
		strlen(chosen) == group->length && memcmp(chosen, group->name, group->length) == 0;
	buffer_add(out, is_chosen ? "<option selected>" : "<option>");
	html_escape(out, group->name, group->length);
}

static void write_collections(const struct visit *visit, const char *chosen, struct buffer *out)
{
	struct ask_group groups[COLLECTIONS_MAX];
	size_t count = asker_collections(visit->visits->asker, 0, COLLECTIONS_MAX, groups);
	if (count < 2)
		return;
	buffer_add(out, "<label>From <select name=collection><option value=\"\">all collections");
	for (size_t i = 0; i < count && i < COLLECTIONS_MAX; i++)
		write_option(&groups[i], chosen, out);
	buffer_add(out, "</select></label>");
}

static void write_time(const struct form *form, const char *daily, struct buffer *out)
{
	char zone[32];
	time_t now = time(NULL);
	struct tm local;
	localtime_r(&now, &local);
	strftime(zone, sizeof zone, "%Z", &local);
	buffer_add(out, "<label>Each day at <input type=time name=time value=\"");
	if (form->time.length > 0)
		html_escape(out, form->time.data, form->time.length);
	else
		buffer_add(out, daily);
	buffer_add(out, "\"> ");
	html_escape(out, zone, strlen(zone));
	buffer_add(out, "</label>");
}

static void write_fields(const struct visit *visit, const struct form *form, const char *daily)
{
	struct buffer *out = &visit->reply->content;
	buffer_add(out,
		"<form class=u method=post action=subscribe><label>Mail address <input "
		"type=email name=address required maxlength=254 autocomplete=email value=\"");
	html_escape(out, form->address.data, form->address.length);
	buffer_add(out, "\"></label>");
	write_time(form, daily, out);
	write_collections(visit, form->collection.data, out);
	buffer_add(out, "<button>Subscribe</button></form>");
}

static void write_form(
	const struct visit *visit, const struct form *form, const char *daily, const char *fault)
{
	struct buffer *out = &visit->reply->content;
	visit_begin_page(visit, "A quote each day, by mail", "subscribe");
	if (fault != NULL) {
		buffer_add(out, "<p role=alert><strong>");
		html_escape(out, fault, strlen(fault));
		buffer_add(out, "</strong>");
	}
	buffer_add(out, "<p>Get the quote of the day by mail, at the time you choose. We first ask "
			"you to confirm, and each mail says how to stop.");
	write_fields(visit, form, daily);
	visit_end_page(visit);
}

static void write_manual(const struct visit *visit, const char *daily)
{
	const char *base = visit->request.base != NULL ? visit->request.base : "";
	buffer_format(&visit->reply->content,
		"To get the quote of the day by mail each day at %s, or at another time:\n\n"
		"curl -d address=you@example.org %s/subscribe\n"
		"curl -d address=you@example.org -d time=07:30 -d collection=NAME %s/subscribe\n",
		daily, base, base);
}

static void explain_fault(struct visit *visit, const char *fault)
{
	struct form form;
	const char *daily = visit_daily(visit);
	if (!is_page(visit)) {
		visit_fail(visit, 400, fault);
		return;
	}
	read_form(visit, &form);
	visit->route.status = 400;
	write_form(visit, &form, daily != NULL ? daily : "", fault);
	finish(&form);
}

/* What became of it */

static void write_answer(struct visit *visit, const char *title, const char *text)
{
	struct buffer *out = &visit->reply->content;
	if (!is_page(visit)) {
		buffer_add(out, text);
		buffer_add(out, text[strlen(text) - 1] == '\n' ? "" : "\n");
		return;
	}
	visit_begin_page(visit, title, NULL);
	buffer_add(out, "<p>");
	page_text_write_line(out, text, strlen(text));
	visit_end_page(visit);
}

/* Pressing a button twice does no harm: whoever has no subscription already has what was wanted. */
static void write_outcome(
	struct visit *visit, enum frontend_outcome outcome, const char *title, const char *text)
{
	switch (outcome) {
	case FRONTEND_OUTCOME_DONE:
		write_answer(visit, title, text);
		break;
	case FRONTEND_OUTCOME_WRONG:
		write_answer(visit, "Nothing to do", text);
		break;
	case FRONTEND_OUTCOME_LIMITED:
		visit->route.retry_after = LIMITED_SECONDS;
		visit_fail(visit, 429, text);
		break;
	case FRONTEND_OUTCOME_FAILED:
		visit_fail(visit, 503, text);
		break;
	}
}

static void on_asked(struct visit *visit, enum frontend_outcome outcome, const char *text)
{
	if (outcome == FRONTEND_OUTCOME_WRONG)
		explain_fault(visit, text);
	else
		write_outcome(visit, outcome, "Check your mail", text);
}

static void on_redeemed(struct visit *visit, enum frontend_outcome outcome, const char *text)
{
	write_outcome(visit, outcome, "Done", text);
}

static void submit(struct visit *visit)
{
	struct form form;
	bool valid = read_form(visit, &form);
	struct frontend_wish wish = {
		.address = form.address.data,
		.collection = form.collection.data,
		.time = form.time.data,
		.client = visit->request.client,
	};
	if (!valid)
		visit_fail(visit, 400, "The form is not UTF-8.");
	else if (form.address.length == 0)
		explain_fault(visit, "Write your mail address.");
	else
		visit_subscribe(visit, &wish, on_asked);
	finish(&form);
}

static bool is_post(const struct visit *visit)
{
	return strcmp(visit->request.method, "POST") == 0;
}

/* Returns whether there are subscriptions; if not, the visit has failed. */
static bool has_daily(struct visit *visit)
{
	bool has = visit_daily(visit) != NULL;
	if (!has)
		visit_fail(visit, 404, "This site mails no daily quotes.");
	return has;
}

static void answer_subscribe(struct visit *visit)
{
	struct form form;
	if (!has_daily(visit))
		return;
	if (is_post(visit)) {
		submit(visit);
	} else if (is_page(visit)) {
		read_form(visit, &form);
		write_form(visit, &form, visit_daily(visit), NULL);
		finish(&form);
	} else {
		write_manual(visit, visit_daily(visit));
	}
}

/* A token of a mail, which begins with what it is good for: "c12-" to confirm, "u12-" to end. */

static void write_button(const struct visit *visit, const char *title, const char *button)
{
	struct buffer *out = &visit->reply->content;
	const char *token = visit->route.name;
	if (!is_page(visit)) {
		buffer_format(out,
			"%s\nSend a POST to this address to do so, as with curl -X POST.\n", title);
		return;
	}
	visit_begin_page(visit, title, NULL);
	buffer_add(out, "<form class=u method=post action=\"subscription/");
	html_encode(out, token, strlen(token));
	buffer_format(out, "\"><button>%s</button></form>", button);
	visit_end_page(visit);
}

static void answer_token(struct visit *visit)
{
	const char *token = visit->route.name;
	struct frontend_wish wish = {.token = token, .client = visit->request.client};
	bool confirms = token[0] == 'c';
	if (!has_daily(visit))
		return;
	if (!confirms && token[0] != 'u')
		visit_fail(visit, 404, "There is nothing at this address.");
	else if (is_post(visit))
		visit_subscribe(visit, &wish, on_redeemed);
	else if (confirms)
		write_button(visit, "Get a quote each day?", "Yes, subscribe me");
	else
		write_button(visit, "Stop the daily quotes?", "Unsubscribe");
}

const struct view subscribe_views[] = {
	{"/subscribe", VIEW_HTML | VIEW_TEXT | VIEW_POST, answer_subscribe},
	{"/subscription/", VIEW_HTML | VIEW_TEXT | VIEW_POST, answer_token},
	{0},
};
