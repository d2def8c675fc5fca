#include "frontends/web/api/api_json.h"
#include "frontends/web/page/quote_page.h"

static void write_quote(struct visit *visit, const struct ask_answer *answer)
{
	const struct quote *quote = answer->quotes;
	struct buffer *out = &visit->reply->content;
	switch (visit->route.form) {
	case NEGOTIATE_FORM_HTML:
		quote_page_write(visit, quote, &(struct quote_page){.hints = true});
		break;
	case NEGOTIATE_FORM_TEXT:
		buffer_append(out, quote->text, quote->length);
		buffer_append(out, "\n", 1);
		break;
	case NEGOTIATE_FORM_JSON:
		json_writer_line(api_json_quote(visit, quote), out);
		break;
	}
}

static void answer_random(struct visit *visit)
{
	visit_ask(visit, &(struct ask){.kind = ASK_KIND_RANDOM}, write_quote);
}

static void answer_today(struct visit *visit)
{
	visit->cache = VISIT_ASK_AGAIN;
	visit_ask(visit, &(struct ask){.kind = ASK_KIND_TODAY}, write_quote);
}

static void answer_id(struct visit *visit)
{
	visit->cache = VISIT_KEEP_A_DAY;
	visit_ask(
		visit, &(struct ask){.kind = ASK_KIND_ID, .text = visit->route.name}, write_quote);
}

const struct view quote_views[] = {
	{"/", VIEW_ALL, answer_random},
	{"/index", VIEW_ALL, answer_random},
	{"/random", VIEW_ALL, answer_random},
	{"/today", VIEW_ALL, answer_today},
	{"/q/", VIEW_ALL, answer_id},
	{0},
};
