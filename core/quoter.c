#include "core/quoter.h"

#include <stdlib.h>
#include <string.h>

#include "core/fortune_source.h"
#include "core/mem.h"
#include "core/quote_store.h"
#include "core/quote_views.h"
#include "core/static_source.h"
#include "core/suggest.h"

enum { SOURCE_COUNT = 2 };

static const struct source_ops *const sources[SOURCE_COUNT] = {
	&static_source_ops,
	&fortune_source_ops,
};

struct quoter {
	struct quote_store store;
	struct quote_views views;
	struct rng *rng; /* borrowed */
};

static void explain_unknown_scheme(const char *spec, struct error *reterr)
{
	const char *schemes[SOURCE_COUNT];
	for (size_t i = 0; i < SOURCE_COUNT; i++)
		schemes[i] = sources[i]->scheme;
	char *scheme = mem_strndup(spec, strcspn(spec, ":") + 1);
	const char *nearest = suggest_nearest(scheme, schemes, SOURCE_COUNT);
	if (nearest != NULL)
		error_set(
			reterr, "quotes: no such source '%s'; did you mean '%s'?", scheme, nearest);
	else
		error_set(reterr, "quotes: no such source '%s'; write static:TEXT or fortune:PATH",
			scheme);
	free(scheme);
}

/* A colon behind a slash belongs to a path. */
static bool has_scheme(const char *spec)
{
	return spec[strcspn(spec, ":/")] == ':';
}

static const struct source_ops *find_source(const char *spec, struct error *reterr)
{
	for (int i = 0; i < SOURCE_COUNT; i++)
		if (strncmp(spec, sources[i]->scheme, strlen(sources[i]->scheme)) == 0)
			return sources[i];
	if (has_scheme(spec))
		explain_unknown_scheme(spec, reterr);
	else
		error_set(reterr, "quotes: '%s' does not say what it is; write fortune:%s", spec,
			spec);
	return NULL;
}

static bool load(
	struct quoter *quoter, const char *spec, struct strings *warnings, struct error *reterr)
{
	const struct source_ops *source = find_source(spec, reterr);
	if (source == NULL)
		return false;
	return source->load(spec + strlen(source->scheme), &quoter->store, warnings, reterr);
}

static bool load_all(struct quoter *quoter, const struct strings *specs, struct strings *warnings,
	struct error *reterr)
{
	for (size_t i = 0; i < specs->count; i++)
		if (!load(quoter, specs->items[i], warnings, reterr))
			return false;
	if (specs->count == 0)
		error_set(reterr, "quotes: no source is named; write static:TEXT or fortune:PATH");
	else if (quoter->store.count == 0)
		error_set(reterr, "quotes: no quote in %s%s", specs->items[0],
			specs->count > 1 ? " and the other sources" : "");
	return quoter->store.count > 0;
}

struct quoter *quoter_open(const struct strings *specs, struct rng *rng, struct strings *warnings,
	struct error *reterr)
{
	struct quoter *quoter = mem_alloc(sizeof *quoter);
	quoter->rng = rng;
	if (!load_all(quoter, specs, warnings, reterr)) {
		quoter_destroy(quoter);
		return NULL;
	}
	quote_store_trim(&quoter->store);
	return quoter;
}

size_t quoter_count(const struct quoter *quoter)
{
	return quoter->store.count;
}

void quoter_prepare(struct quoter *quoter, const struct quote_request *request)
{
	quote_views_get(&quoter->views, &quoter->store, &request->fit);
}

bool quoter_pick(
	struct quoter *quoter, const struct quote_request *request, struct quote *ret_quote)
{
	const struct quote_view *view =
		quote_views_get(&quoter->views, &quoter->store, &request->fit);
	if (view->count == 0)
		return false;
	uint32_t choice = (uint32_t)rng_below(quoter->rng, view->count);
	uint32_t index = view->indices != NULL ? view->indices[choice] : choice;
	*ret_quote = quote_store_get(&quoter->store, index);
	return true;
}

void quoter_destroy(struct quoter *quoter)
{
	if (quoter == NULL)
		return;
	quote_views_finish(&quoter->views);
	quote_store_finish(&quoter->store);
	free(quoter);
}
