#include "core/library/quote_store.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/library/attribution.h"
#include "core/library/quote_id.h"

static void reserve(struct quote_store *store)
{
	if (store->count < store->capacity)
		return;
	uint32_t more = store->capacity / 2 + 16;
	uint32_t left = UINT32_MAX - store->capacity;
	store->capacity += more < left ? more : left;
	store->quotes = mem_resize(store->quotes, store->capacity, sizeof *store->quotes);
}

bool quote_store_add_unread(struct quote_store *store, size_t count)
{
	if (count > UINT32_MAX - store->count)
		return false;
	store->count += (uint32_t)count;
	return true;
}

bool quote_store_add(struct quote_store *store, const char *text, size_t length)
{
	if (length > UINT32_MAX || store->count == UINT32_MAX)
		return false;
	reserve(store);
	struct quote quote = {.text = text, .length = length};
	attribution_find(&quote);
	store->quotes[store->count++] = (struct stored_quote){
		.id = quote_id_of(text, length),
		.offset = store->texts.length,
		.length = (uint32_t)length,
		.body_length = (uint32_t)quote.body_length,
		.author = quote.author != NULL ? (uint32_t)(quote.author - text) : 0,
		.author_length = (uint32_t)quote.author_length,
	};
	buffer_append(&store->texts, text, length);
	buffer_append(&store->texts, "", 1);
	return true;
}

struct quote quote_store_get(const struct quote_store *store, uint32_t index)
{
	const struct stored_quote *stored = &store->quotes[index];
	const char *text = store->texts.data + stored->offset;
	return (struct quote){
		.id = stored->id,
		.text = text,
		.length = stored->length,
		.body_length = stored->body_length,
		.author = stored->author > 0 ? text + stored->author : NULL,
		.author_length = stored->author_length,
	};
}

/* Moves the text of a quote down to \p end and returns where it ends there. */
static size_t move_text(struct quote_store *store, struct stored_quote *quote, size_t end)
{
	char *texts = store->texts.data;
	size_t size = (size_t)quote->length + 1;
	if (quote->offset != end)
		memmove(texts + end, texts + quote->offset, size);
	quote->offset = end;
	return end + size;
}

void quote_store_remove(struct quote_store *store, const unsigned char *removed)
{
	uint32_t kept = 0;
	size_t end = 0;
	for (uint32_t i = 0; i < store->count; i++) {
		if (removed[i] != 0)
			continue;
		end = move_text(store, &store->quotes[i], end);
		store->quotes[kept++] = store->quotes[i];
	}
	store->count = kept;
	store->texts.length = end;
}

void quote_store_cut(struct quote_store *store, uint32_t count)
{
	if (count >= store->count)
		return;
	if (store->quotes != NULL)
		store->texts.length = store->quotes[count].offset;
	store->count = count;
}

void quote_store_trim(struct quote_store *store)
{
	if (store->count == 0)
		return;
	store->quotes = mem_resize(store->quotes, store->count, sizeof *store->quotes);
	store->capacity = store->count;
	store->texts.data = mem_resize(store->texts.data, store->texts.length + 1, 1);
	store->texts.capacity = store->texts.length + 1;
}

void quote_store_finish(struct quote_store *store)
{
	free(store->quotes);
	free(store->order);
	free(store->starts);
	buffer_finish(&store->texts);
	*store = (struct quote_store){0};
}
