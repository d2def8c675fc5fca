#include "frontends/web/page/quote_page.h"

#include <string.h>

#include "core/base/hash.h"
#include "core/library/author_key.h"
#include "core/library/notes.h"
#include "core/library/quote_id.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/page_link.h"
#include "frontends/web/page/page_text.h"
#include "frontends/web/page/quote_card.h"
#include "frontends/web/quote_tag.h"

enum { DESCRIPTION_OCTETS = 180 };

static void begin(struct visit *visit, const struct quote *quote, const struct quote_page *page)
{
	struct buffer title = {0};
	struct buffer description = {0};
	quote_card_add_title(quote, &title);
	quote_card_add_words(quote, DESCRIPTION_OCTETS, &description);
	struct page_head head = {title.data, description.data, page->path};
	page_begin(visit->visits->page, &visit->request, &head, &visit->reply->content);
	buffer_finish(&title);
	buffer_finish(&description);
}

static void write_heading(
	const struct quote *quote, const struct quote_page *page, struct buffer *out)
{
	buffer_add(out, "<h1 class=k>");
	if (page->heading != NULL) {
		buffer_add(out, page->heading);
	} else if (quote->author != NULL) {
		buffer_add(out, "A quote by ");
		page_text_write_line(
			out, quote->author, author_key_name(quote->author, quote->author_length));
	} else {
		buffer_add(out, "A quote");
	}
	buffer_add(out, "</h1>");
}

static void write_ways(const struct quote_page *page, struct buffer *out)
{
	buffer_add(out, "<nav class=n aria-label=Quotes><ul>");
	if (page->previous[0] != '\0')
		buffer_format(out, "<li><a href=%s rel=prev>%s</a> ", page->previous,
			page->previous_name);
	buffer_add(out, "<li class=p><a href=random>Another quote</a> ");
	if (page->next[0] != '\0')
		buffer_format(out, "<li><a href=%s rel=next>%s</a> ", page->next, page->next_name);
	buffer_add(out, "</ul></nav>");
}

static void write_place(const struct ask_place *place, struct buffer *out)
{
	buffer_add(out, " <li>");
	buffer_add_number(out, place->number);
	buffer_add(out, " of ");
	buffer_add_number(out, place->collection.count);
	buffer_add(out, " in ");
	page_link_write_group("browse/", &place->collection, out);
	if (place->author.count < 2)
		return;
	buffer_add(out, " <li>More by ");
	page_link_write_group("author/", &place->author, out);
	buffer_format(out, " (%zu)", place->author.count);
}

static void write_tags(const char *tags, struct buffer *out)
{
	const char *tag;
	size_t length;
	buffer_add(out, tags != NULL ? " <li>Tags" : "");
	while ((tag = notes_next_tag(&tags, &length)) != NULL) {
		buffer_add(out, " <a href=search?q=tag:%22");
		html_encode(out, tag, length);
		buffer_add(out, "%22>");
		html_escape(out, tag, length);
		buffer_add(out, *tags != '\0' ? "</a>," : "</a>");
	}
}

/* Relative only if nothing says where people find us; then the script completes it. */
static void write_address(const char *base, const char *id, struct buffer *out)
{
	buffer_add(out, "<p><label><span>Address</span> <input readonly value=\"");
	if (base != NULL) {
		html_escape(out, base, strlen(base));
		buffer_add(out, "/");
	}
	buffer_format(out, "q/%s\"></label></p>", id);
}

static void write_facts(const struct visit *visit, const struct quote *quote,
	const struct ask_place *place, struct buffer *out)
{
	char id[QUOTE_ID_LENGTH + 1];
	quote_id_format(quote->id, id);
	buffer_add(out, "<section class=f aria-label=\"About this quote\">");
	write_address(visit->request.base, id, out);
	buffer_format(out, "<ul><li>Id <a href=q/%s>%s</a>", id, id);
	write_place(place, out);
	if (quote->language != NULL) {
		buffer_add(out, " <li>Language ");
		html_escape(out, quote->language, strlen(quote->language));
	}
	write_tags(quote->tags, out);
	buffer_format(out,
		" <li><a href=q/%s.txt>Text</a> <li><a href=q/%s.json>JSON</a></ul></section>", id,
		id);
}

/* Of all that the page is made of. */
static uint64_t tag_of(const struct visit *visit, const struct quote *quote,
	const struct ask_place *place, const struct quote_page *page)
{
	const char *const texts[] = {page->path, page->heading, page->previous, page->previous_name,
		page->next, page->next_name, page->hints ? "hints" : NULL,
		page->hints ? visit_daily(visit) : NULL};
	uint64_t hash = quote_tag(quote, place, visit->request.base);
	hash = hash_mix(hash, page_looks(visit->visits->page));
	hash = hash_mix(hash, visit->request.depth);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		hash = quote_tag_add(hash, texts[i]);
	return hash;
}

/* A quote of a command is soon forgotten, and has no place and no address that holds. */
void quote_page_write(struct visit *visit, const struct quote *quote, const struct quote_page *page)
{
	struct buffer *out = &visit->reply->content;
	struct ask_place place;
	bool placed = asker_place(visit->visits->asker, quote->id, &place);
	if (visit_has(visit, tag_of(visit, quote, placed ? &place : NULL, page)))
		return;
	begin(visit, quote, page);
	write_heading(quote, page, out);
	quote_card_write(quote, out);
	write_ways(page, out);
	if (placed)
		write_facts(visit, quote, &place, out);
	if (page->hints && visit_daily(visit) != NULL)
		buffer_add(
			out, "<p class=h><a href=subscribe>Get a quote each day by mail</a></p>");
	if (page->hints)
		page_write_hints(visit->visits->page, visit->request.base, out);
	page_end(out);
}
