#include "core/quote_views.h"

#include <stdlib.h>

#include "core/mem.h"

/* The longest code point has 4 octets: lines with that much room take any quote. */
enum { CODE_POINT_MAX = 4 };

static bool is_same_fit(const struct quote_fit *a, const struct quote_fit *b)
{
	return a->max_bytes == b->max_bytes && a->max_lines == b->max_lines &&
	       a->line_bytes == b->line_bytes && a->fold == b->fold && a->crlf == b->crlf;
}

static bool takes_any(const struct quote_fit *fit)
{
	return fit->max_bytes == 0 && fit->max_lines == 0 &&
	       (fit->line_bytes == 0 || fit->line_bytes >= CODE_POINT_MAX);
}

static void measure(struct quote_view *view, const struct quote_store *store, struct buffer *out)
{
	view->indices = mem_resize(NULL, store->count, sizeof *view->indices);
	for (uint32_t i = 0; i < store->count; i++) {
		struct quote quote = quote_store_get(store, i);
		buffer_clear(out);
		if (render_quote(&quote, &view->fit, out))
			view->indices[view->count++] = i;
	}
	if (view->count == store->count || view->count == 0) {
		free(view->indices);
		view->indices = NULL;
		return;
	}
	view->indices = mem_resize(view->indices, view->count, sizeof *view->indices);
}

static struct quote_view *find(struct quote_views *views, const struct quote_fit *fit)
{
	for (uint32_t i = 0; i < views->count; i++)
		if (is_same_fit(&views->views[i].fit, fit))
			return &views->views[i];
	return NULL;
}

/* Returns an unused place, or the one whose fit was not asked for longest. */
static struct quote_view *make_place(struct quote_views *views)
{
	if (views->count < QUOTE_VIEWS_MAX)
		return &views->views[views->count++];
	struct quote_view *oldest = &views->views[0];
	for (uint32_t i = 1; i < views->count; i++)
		if (views->views[i].last_use < oldest->last_use)
			oldest = &views->views[i];
	free(oldest->indices);
	return oldest;
}

const struct quote_view *quote_views_get(
	struct quote_views *views, const struct quote_store *store, const struct quote_fit *fit)
{
	struct quote_view *view = find(views, fit);
	if (view == NULL) {
		view = make_place(views);
		*view = (struct quote_view){.fit = *fit};
		if (takes_any(fit))
			view->count = store->count;
		else
			measure(view, store, &views->rendered);
	}
	view->last_use = ++views->uses;
	return view;
}

void quote_views_finish(struct quote_views *views)
{
	for (uint32_t i = 0; i < views->count; i++)
		free(views->views[i].indices);
	buffer_finish(&views->rendered);
	*views = (struct quote_views){0};
}
