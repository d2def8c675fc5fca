#include "frontends/web/page/results_page.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/search/search.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/list_page.h"
#include "frontends/web/page/quote_card.h"

static void begin(struct visit *visit, const struct results_page *results)
{
	struct buffer title = {0};
	struct buffer path = {0};
	buffer_add(&title, "Search");
	buffer_add(&path, "search");
	if (results->words[0] != '\0') {
		buffer_format(&title, ": %s", results->words);
		buffer_add(&path, "?q=");
		html_encode(&path, results->words, strlen(results->words));
	}
	if (results->pager.page > 1) {
		buffer_format(&title, " (page %zu)", results->pager.page);
		buffer_format(&path, "&page=%zu", results->pager.page);
	}
	struct page_head head = {.title = title.data, .path = path.data};
	page_begin(visit->visits->page, &visit->request, &head, &visit->reply->content);
	buffer_finish(&title);
	buffer_finish(&path);
}

static void write_status(const struct results_page *results, struct buffer *out)
{
	const struct ask_answer *answer = results->answer;
	buffer_add(out, "<p role=status>");
	if (answer->total == 0)
		html_escape(out, answer->reason, strlen(answer->reason));
	else
		buffer_add_count(out, answer->total, "quote");
	if (answer->total > 0)
		buffer_add(out, answer->total == SEARCH_HITS_MAX ? " or more found." : " found.");
	if (answer->total > 0 && answer->count == 0)
		buffer_add(out, " There are none on this page.");
	if (answer->total > 0 && answer->doubt != NULL) {
		buffer_add(out, " ");
		html_escape(out, answer->doubt, strlen(answer->doubt));
	}
	buffer_add(out, "</p>");
}

static void write_pager(const struct results_page *results, struct buffer *out)
{
	struct buffer address = {0};
	buffer_add(&address, "search?q=");
	html_encode(&address, results->words, strlen(results->words));
	if (results->pager.limit != RESULTS_PAGE_LIMIT)
		buffer_format(&address, "&amp;limit=%zu", results->pager.limit);
	buffer_add(&address, "&amp;page=");
	pager_write(&results->pager, address.data, out);
	buffer_finish(&address);
}

static void write_consolation(struct visit *visit, struct buffer *out)
{
	struct quote quote;
	struct ask ask = {.kind = ASK_KIND_RANDOM};
	if (asker_find(visit->visits->asker, &ask, &quote) != ASK_OUTCOME_FOUND)
		return;
	buffer_add(out, "<h2>A random quote</h2><ul class=q>");
	quote_card_write_entry(&quote, NULL, out);
	buffer_add(out, "</ul>");
}

void results_page_write(struct visit *visit, struct results_page *results)
{
	struct buffer *out = &visit->reply->content;
	const struct ask_answer *answer = results->answer;
	if (answer != NULL)
		results->pager.total = answer->total;
	begin(visit, results);
	buffer_add(out, "<h1>Search</h1>");
	page_write_form(results->words, true, out);
	if (answer != NULL) {
		write_status(results, out);
		if (answer->count > 0)
			list_page_add_quotes(visit, &results->pager, results->words, answer);
		write_pager(results, out);
	}
	if (answer == NULL || answer->total == 0) {
		page_write_grammar(out);
		write_consolation(visit, out);
	}
	page_end(out);
}
