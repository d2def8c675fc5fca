#include "frontends/web/visit.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "tests/support/site.h"

/* What the front end with subscribers was handed last, and what it says. */
static char got_address[64];
static char got_token[64];
static enum frontend_outcome outcome;
static frontend_wish_callback *callback;

static bool find_state(
	const struct frontend_context *context, size_t index, struct frontend_state *ret_state)
{
	(void)context;
	*ret_state = (struct frontend_state){
		.name = index == 0 ? "web" : "mail", .daily = index == 0 ? NULL : "07:00"};
	return index < 2;
}

static void subscribe(const struct frontend_context *context, const struct frontend_wish *wish,
	frontend_wish_callback *wish_callback, void *data)
{
	(void)context;
	snprintf(got_address, sizeof got_address, "%s", wish->address != NULL ? wish->address : "");
	snprintf(got_token, sizeof got_token, "%s", wish->token != NULL ? wish->token : "");
	callback = wish_callback;
	callback(data, outcome, "What became of <it>.\n");
}

static const struct frontend_context context = {.find_state = find_state, .subscribe = subscribe};

static void open(struct site *site)
{
	site_open(site, "static:A", NULL);
	site->visits.context = &context;
}

static struct http_reply post(
	struct site *site, const char *path, const char *content, const char *accept)
{
	return site_request(site,
		&(struct http_request){
			.method = "POST", .path = path, .content = content, .accept = accept});
}

static void check_post(
	struct site *site, const char *path, const char *content, unsigned status, const char *part)
{
	struct http_reply reply = post(site, path, content, "text/html");
	cr_assert_eq(reply.status, status, "%s: %u", content, reply.status);
	cr_assert_not_null(strstr(reply.content.data, part), "%s: %s", content, reply.content.data);
	http_reply_finish(&reply);
}

Test(subscribe_views, have_a_form)
{
	struct site site;
	open(&site);
	site_check(&site, "/subscribe", "", 200, "<form class=u method=post action=subscribe>");
	site_check(&site, "/subscribe", "", 200, "type=time name=time value=\"07:00\"");
	site_check(
		&site, "/subscribe.txt", "", 200, "curl -d address=you@example.org /subscribe\n");
	site_check(&site, "/", "", 200, "<a href=subscribe>");
	site_check(&site, "/about", "", 200, "<a href=subscribe>");
	site_check(&site, "/about.txt", "", 200, "addresses of those who subscribe");
	site_close(&site);
}

Test(subscribe_views, are_not_there_without_subscriptions)
{
	static const struct frontend_context none = {.find_state = find_state};
	struct site site;
	site_open(&site, "static:A", NULL);
	site.visits.context = &none;
	site_check(&site, "/subscribe", "", 404, "mails no daily quotes");
	check_post(&site, "/subscription/c1-x", NULL, 404, "mails no daily quotes");
	struct http_reply reply = site_get(&site, "/", "");
	cr_assert_null(strstr(reply.content.data, "href=subscribe"));
	http_reply_finish(&reply);
	site_close(&site);
}

Test(subscribe_views, hand_on_what_the_form_says)
{
	struct site site;
	open(&site);
	outcome = FRONTEND_OUTCOME_DONE;
	check_post(&site, "/subscribe", "address=+ann%2Bq%40b.example+&time=07%3A30", 200,
		"<h1>Check your mail</h1><p>What became of &lt;it&gt;.");
	cr_assert_str_eq(got_address, "ann+q@b.example");
	cr_assert_str_eq(got_token, "");
	struct http_reply reply = post(&site, "/subscribe", "address=a@b.example", "text/plain");
	cr_assert_str_eq(reply.content.data, "What became of <it>.\n");
	http_reply_finish(&reply);
	site_close(&site);
}

Test(subscribe_views, say_what_is_wrong_and_keep_the_fields)
{
	static const struct {
		const char *content;
		enum frontend_outcome outcome;
		unsigned status;
		const char *part;
	} rows[] = {
		{NULL, 0, 400, "<p role=alert><strong>Write your mail address.</strong>"},
		{"address=%FF", 0, 400, "The form is not UTF-8."},
		{"address=%22%3E&time=9", FRONTEND_OUTCOME_WRONG, 400,
			"<p role=alert><strong>What became of &lt;it&gt;."},
		{"address=%22%3E&time=9", FRONTEND_OUTCOME_WRONG, 400, "value=\"&quot;&gt;\""},
		{"address=a", FRONTEND_OUTCOME_LIMITED, 429, "What became of &lt;it&gt;."},
		{"address=a", FRONTEND_OUTCOME_FAILED, 503, "What became of &lt;it&gt;."},
	};
	struct site site;
	open(&site);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		outcome = rows[i].outcome;
		check_post(&site, "/subscribe", rows[i].content, rows[i].status, rows[i].part);
	}
	outcome = FRONTEND_OUTCOME_LIMITED;
	struct http_reply reply = post(&site, "/subscribe", "address=a", "text/plain");
	cr_assert_eq(reply.retry_after, 3600);
	http_reply_finish(&reply);
	site_close(&site);
}

/* Programs that look at mail follow its links. */
Test(subscribe_views, change_nothing_before_a_button_is_pressed)
{
	static const struct {
		const char *path;
		unsigned status;
		const char *part;
	} rows[] = {
		{"/subscription/c1-x", 200,
			"action=\"subscription/c1-x\"><button>Yes, subscribe me"},
		{"/subscription/u1-x", 200, "action=\"subscription/u1-x\"><button>Unsubscribe"},
		{"/subscription/u\"x", 200, "action=\"subscription/u%22x\">"},
		{"/subscription/b1-x", 404, "There is nothing"},
		{"/subscription/u1-x.txt", 200, "with curl -X POST.\n"},
	};
	struct site site;
	open(&site);
	callback = NULL;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		site_check(&site, rows[i].path, "", rows[i].status, rows[i].part);
	cr_assert_null(callback);
	outcome = FRONTEND_OUTCOME_DONE;
	check_post(&site, "/subscription/u1-x", "List-Unsubscribe=One-Click", 200, "<h1>Done</h1>");
	cr_assert_str_eq(got_token, "u1-x");
	outcome = FRONTEND_OUTCOME_WRONG;
	check_post(&site, "/subscription/u1-x", NULL, 200, "<h1>Nothing to do</h1>");
	site_close(&site);
}
