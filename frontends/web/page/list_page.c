#include "frontends/web/page/list_page.h"

#include <string.h>

#include "frontends/web/page/html.h"
#include "frontends/web/page/page_link.h"
#include "frontends/web/page/quote_card.h"

/* Up to the number of the page; \p and is "&", as HTML or not. */
static void add_address(const struct list_page *list, const char *and, struct buffer *out)
{
	buffer_format(out, "%s?", list->path);
	if (list->prefix != NULL) {
		buffer_add(out, "prefix=");
		html_encode(out, list->prefix, strlen(list->prefix));
		buffer_add(out, and);
	}
	buffer_add(out, "page=");
}

void list_page_begin(struct visit *visit, const struct list_page *list)
{
	struct buffer *out = &visit->reply->content;
	struct buffer title = {0};
	struct buffer path = {0};
	buffer_add(&title, list->title);
	if (list->prefix != NULL)
		buffer_format(&title, ": %s", list->prefix);
	if (list->pager.page > 1)
		buffer_format(&title, " (page %zu)", list->pager.page);
	if (list->pager.page > 1 || list->prefix != NULL) {
		add_address(list, "&", &path);
		buffer_format(&path, "%zu", list->pager.page);
	} else {
		buffer_add(&path, list->path);
	}
	struct page_head head = {title.data, list->description, path.data};
	page_begin(visit->visits->page, &visit->request, &head, out);
	buffer_add(out, "<h1>");
	html_escape(out, list->title, strlen(list->title));
	buffer_add(out, "</h1>");
	buffer_finish(&title);
	buffer_finish(&path);
}

void list_page_add_quotes(struct visit *visit, const struct pager *pager, const char *query,
	const struct ask_answer *answer)
{
	struct buffer *out = &visit->reply->content;
	buffer_format(out, "<ol class=q start=%zu>", pager_offset(pager) + 1);
	for (size_t i = 0; i < answer->count; i++)
		quote_card_write_entry(&answer->quotes[i], query, out);
	buffer_add(out, "</ol>");
}

void list_page_add_groups(
	struct visit *visit, const char *folder, const struct ask_group *groups, size_t count)
{
	struct buffer *out = &visit->reply->content;
	buffer_add(out, "<ul class=g>");
	for (size_t i = 0; i < count; i++) {
		buffer_add(out, "<li>");
		page_link_write_group(folder, &groups[i], out);
		buffer_add(out, " <small>");
		buffer_add_number(out, groups[i].count);
		buffer_add(out, "</small>");
	}
	buffer_add(out, "</ul>");
}

void list_page_end(struct visit *visit, const struct list_page *list)
{
	struct buffer address = {0};
	add_address(list, "&amp;", &address);
	pager_write(&list->pager, address.data, &visit->reply->content);
	page_end(&visit->reply->content);
	buffer_finish(&address);
}
