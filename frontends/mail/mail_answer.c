#include "frontends/mail/mail_answer.h"

#include <string.h>

#include "core/base/drawing.h"
#include "core/base/mem.h"
#include "core/library/quote_id.h"
#include "frontends/mail/mime.h"

enum { COLLECTIONS_NAMED = 12 };

static const char more[] = "For another, reply with quote, today, search WORDS or help.";

const char *mail_answer_reason(const struct mail_command *command)
{
	switch (command->kind) {
	case MAIL_COMMAND_KIND_SUBSCRIBE:
	case MAIL_COMMAND_KIND_UNSUBSCRIBE:
	case MAIL_COMMAND_KIND_CONFIRM:
		return "There are no subscriptions here; each quote answers a message.";
	case MAIL_COMMAND_KIND_SEARCH:
		return "The words to search for are missing.";
	case MAIL_COMMAND_KIND_COLLECTION:
		return "The name of the collection is missing.";
	case MAIL_COMMAND_KIND_HELP:
	case MAIL_COMMAND_KIND_NONE:
	case MAIL_COMMAND_KIND_WORD:
	case MAIL_COMMAND_KIND_QUOTE:
	case MAIL_COMMAND_KIND_TODAY:
	case MAIL_COMMAND_KIND_DAY:
		break;
	}
	return "";
}

static void add_collections(const struct asker *asker, struct buffer *out)
{
	struct ask_group groups[COLLECTIONS_NAMED];
	size_t count = asker_collections(asker, 0, COLLECTIONS_NAMED, groups);
	size_t named = count < COLLECTIONS_NAMED ? count : COLLECTIONS_NAMED;
	if (count == 0)
		return;
	buffer_add(out, "\nCollections: ");
	for (size_t i = 0; i < named; i++)
		buffer_format(
			out, "%s%.*s", i > 0 ? ", " : "", (int)groups[i].length, groups[i].name);
	if (count > named)
		buffer_format(out, " and %zu more", count - named);
	buffer_add(out, "\n");
}

static void add_help(const struct asker *asker, bool daily, struct buffer *out)
{
	buffer_add(out, "Write one of these as the subject, or on the first line of the message:\n"
			"\n"
			"  quote            any quote\n"
			"  quote ID         the quote with that id\n"
			"  today            today's quote\n"
			"  2026-11-24       the quote of that day\n"
			"  search WORDS     the best match: words, \"phrases\", prefix*, -not,\n"
			"                   author:name, in:collection, lang:de, tag:name\n"
			"  collection NAME  any quote of that collection\n");
	if (daily)
		buffer_add(out, "  subscribe        a quote each day; with NAME 07:30, from that "
				"collection\n"
				"                   and at that time\n"
				"  unsubscribe      stop the daily quotes\n");
	buffer_add(out, "  help             this text\n");
	add_collections(asker, out);
}

static void add_escaped(struct buffer *html, const char *text)
{
	mime_escape(text, strlen(text), html);
}

static void explain(const struct frontend_context *context, const struct ask_answer *found,
	struct mail_answer *answer)
{
	struct buffer help = {0};
	add_help(context->asker, answer->daily, &help);
	if (*found->reason != '\0') {
		buffer_format(&answer->text, "%s\n\n", found->reason);
		buffer_add(&answer->html, "<p>");
		add_escaped(&answer->html, found->reason);
		buffer_add(&answer->html, "</p>\n");
	}
	buffer_add(&answer->text, help.data);
	buffer_add(&answer->html, "<pre>");
	add_escaped(&answer->html, help.data);
	buffer_add(&answer->html, "</pre>\n");
	buffer_finish(&help);
}

/* Drawings and tables need letters of one width. */
static void add_quote(const struct quote *quote, const char *text, struct buffer *html)
{
	bool drawn = drawing_is(quote->text, quote->length);
	buffer_add(html, "<blockquote dir=\"auto\"");
	if (quote->language != NULL) {
		buffer_add(html, " lang=\"");
		add_escaped(html, quote->language);
		buffer_add(html, "\"");
	}
	buffer_format(
		html, " style=\"white-space:pre-wrap%s\">", drawn ? ";font-family:monospace" : "");
	add_escaped(html, text);
	buffer_add(html, "</blockquote>\n");
}

static void add_source(const struct frontend_context *context, const struct quote *quote,
	struct mail_answer *answer)
{
	char id[QUOTE_ID_LENGTH + 1];
	struct buffer link = {0};
	quote_id_format(quote->id, id);
	bool linked = context->write_permalink != NULL &&
		      context->write_permalink(context, quote->id, &link);
	/* What follows this line is a signature to mail programs, which leave it out of a reply. */
	buffer_format(&answer->text, "\n-- \nQuote %s%s%s\n%s\n", id, linked ? "  " : "",
		linked ? link.data : "", more);
	buffer_add(&answer->html, "<p>Quote ");
	if (linked) {
		buffer_add(&answer->html, "<a href=\"");
		add_escaped(&answer->html, link.data);
		buffer_add(&answer->html, "\">");
	}
	buffer_format(&answer->html, "%s%s</p>\n<p>%s</p>\n", id, linked ? "</a>" : "", more);
	buffer_finish(&link);
}

void mail_answer_write(const struct frontend_context *context, const struct quote_fit *fit,
	const struct ask_answer *found, struct mail_answer *answer)
{
	struct buffer text = {0};
	buffer_add(&answer->html, "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n");
	if (found->count == 0 || !render_quote(&found->quotes[0], fit, &text)) {
		explain(context, found, answer);
		return;
	}
	buffer_add(&answer->text, text.data);
	add_quote(&found->quotes[0], text.data, &answer->html);
	if (found->doubt != NULL) {
		buffer_format(&answer->text, "\n%s\n", found->doubt);
		buffer_add(&answer->html, "<p>");
		add_escaped(&answer->html, found->doubt);
		buffer_add(&answer->html, "</p>\n");
	}
	add_source(context, &found->quotes[0], answer);
	buffer_finish(&text);
}

void mail_answer_finish(struct mail_answer *answer)
{
	buffer_finish(&answer->text);
	buffer_finish(&answer->html);
}
