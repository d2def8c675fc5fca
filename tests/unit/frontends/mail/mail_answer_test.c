#include "frontends/mail/mail_answer.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/support/askers.h"
#include "tests/support/quotes.h"

#define DRAWING "  /\\\n /  \\\n/____\\"

/* A context whose permalinks are known if linked. */
static bool linked;

static bool write_permalink(const struct frontend_context *context, uint64_t id, struct buffer *out)
{
	(void)context, (void)id;
	if (linked)
		buffer_add(out, "https://q.example/q/0&1");
	return linked;
}

struct scene {
	struct quotes quotes;
	struct frontend_context context;
	struct mail_answer answer;
};

static void prepare(struct scene *scene)
{
	*scene = (struct scene){0};
	quotes_add(&scene->quotes, "fruit", "static:An apple a day");
	quotes_add(&scene->quotes, "roots", "static:A carrot");
	struct quoter *quoter = quotes_open(&scene->quotes);
	scene->context.asker = askers_open(quoter, NULL, "mail.test");
	scene->context.write_permalink = write_permalink;
	asker_browse(scene->context.asker);
}

static void finish(struct scene *scene)
{
	mail_answer_finish(&scene->answer);
	asker_destroy(scene->context.asker);
	quotes_finish(&scene->quotes);
}

static void answer(struct scene *scene, const char *text, const char *reason, const char *doubt)
{
	struct quote quote = {
		.id = 0, .text = text, .length = text != NULL ? strlen(text) : 0, .language = "en"};
	struct ask_answer found = {
		.reason = reason, .doubt = doubt, .quotes = &quote, .count = text != NULL};
	mail_answer_finish(&scene->answer);
	mail_answer_write(&scene->context, &(struct quote_fit){0}, &found, &scene->answer);
}

Test(mail_answer, has_the_quote_its_id_and_its_link)
{
	struct scene scene;
	prepare(&scene);
	linked = false;
	answer(&scene, "1 < 2\nis true", "", NULL);
	cr_expect_str_eq(scene.answer.text.data,
		"1 < 2\nis true\n\n-- \nQuote 000000000000\n"
		"For another, reply with quote, today, search WORDS or help.\n");
	cr_expect_not_null(strstr(scene.answer.html.data,
		"<blockquote dir=\"auto\" lang=\"en\" style=\"white-space:pre-wrap\">1 &lt; 2\n"
		"is true\n</blockquote>\n<p>Quote 000000000000</p>\n<p>For another, "));
	linked = true;
	answer(&scene, DRAWING, "", "Did you mean 'y'?");
	cr_expect_not_null(
		strstr(scene.answer.text.data, DRAWING "\n\nDid you mean 'y'?\n\n-- \nQuote "
						       "000000000000  https://q.example/q/0&1\n"));
	cr_expect_not_null(
		strstr(scene.answer.html.data, ";font-family:monospace\">" DRAWING "\n"));
	cr_expect_not_null(strstr(scene.answer.html.data, "<p>Did you mean &apos;y&apos;?</p>\n"));
	answer(&scene, "An apple\n                -- A. Tree", "", NULL);
	cr_expect_null(strstr(scene.answer.html.data, "monospace"), "the author is not a drawing");
	cr_expect_not_null(strstr(scene.answer.html.data,
		"<a href=\"https://q.example/q/0&amp;1\">000000000000</a>"));
	finish(&scene);
}

Test(mail_answer, says_why_there_is_no_quote_and_how_to_ask)
{
	struct scene scene;
	prepare(&scene);
	answer(&scene, NULL, "No quote matches '<x>'.", NULL);
	cr_expect_eq(strncmp(scene.answer.text.data,
			     "No quote matches '<x>'.\n\nWrite one of these as the subject, ", 60),
		0, "%s", scene.answer.text.data);
	cr_expect_not_null(strstr(scene.answer.text.data, "  search WORDS  "));
	cr_expect_not_null(strstr(scene.answer.html.data,
		"<p>No quote matches &apos;&lt;x&gt;&apos;.</p>\n<pre>Write one "));
	/* Help has no reason to give. */
	answer(&scene, NULL, "", NULL);
	cr_expect_eq(strncmp(scene.answer.text.data, "Write one of these", 18), 0);
	finish(&scene);
}

Test(mail_answer, has_a_reason_for_each_command_that_is_no_question)
{
	static const struct {
		const char *text;
		const char *reason;
	} rows[] = {
		{"help", ""},
		{"search", "The words to search for are missing."},
		{"collection", "The name of the collection is missing."},
		{"subscribe", "There are no subscriptions here; each quote answers a message."},
		{"unsubscribe", "There are no subscriptions here; each quote answers a message."},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mail_command command;
		mail_command_parse(rows[i].text, &command);
		cr_expect_str_eq(mail_answer_reason(&command), rows[i].reason);
		mail_command_finish(&command);
	}
}
