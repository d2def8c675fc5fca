#include "frontends/web/page/quote_markup.h"

#include <string.h>

#include "core/base/drawing.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/page_text.h"
#include "frontends/web/page/quote_card.h"

/* Blanks at the start of a line, and after another, would be lost. */
static void add_paragraphs(struct buffer *html, const char *text, size_t length)
{
	struct buffer paragraphs = {0};
	page_text_write(&paragraphs, text, length);
	for (size_t i = 0; i < paragraphs.length; i++) {
		bool is_lost = i > 0 && strchr(" >", paragraphs.data[i - 1]) != NULL;
		if (paragraphs.data[i] == ' ' && is_lost)
			buffer_add(html, "&nbsp;");
		else
			buffer_append(html, paragraphs.data + i, 1);
	}
	buffer_finish(&paragraphs);
}

void quote_markup_write(const struct quote *quote, struct buffer *out)
{
	size_t length = quote_card_body(quote);
	if (drawing_is(quote->text, length)) {
		buffer_add(out, "<pre>\n");
		html_escape(out, quote->text, length);
		buffer_add(out, "</pre>");
	} else {
		add_paragraphs(out, quote->text, length);
	}
	if (!quote_card_has_author(quote))
		return;
	buffer_add(out, "<p>\xE2\x80\x94 ");
	page_text_write_line(out, quote->author, quote->author_length);
}
