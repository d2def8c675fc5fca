#include "frontends/web/quote_tag.h"

#include <string.h>

#include "core/base/hash.h"

uint64_t quote_tag_add(uint64_t hash, const char *text)
{
	return text != NULL ? hash_octets(text, strlen(text), hash) : hash_mix(hash, 1);
}

static uint64_t add_group(uint64_t hash, const struct ask_group *group)
{
	return hash_octets(group->name, group->length, hash_mix(group->count, hash));
}

static uint64_t add_place(uint64_t hash, const struct ask_place *place)
{
	const uint64_t numbers[] = {
		place->number, place->has_previous, place->previous, place->has_next, place->next};
	hash = hash_octets(numbers, sizeof numbers, hash);
	hash = add_group(hash, &place->collection);
	return place->author.count > 0 ? add_group(hash, &place->author) : hash;
}

uint64_t quote_tag(const struct quote *quote, const struct ask_place *place, const char *base)
{
	uint64_t hash = hash_mix(quote->id, quote->body_length);
	hash = quote_tag_add(hash, QUOTED_VERSION);
	hash = quote_tag_add(hash, quote->language);
	hash = quote_tag_add(hash, quote->tags);
	hash = quote_tag_add(hash, base);
	if (quote->author != NULL)
		hash = hash_octets(quote->author, quote->author_length, hash);
	return place != NULL ? add_place(hash, place) : hash;
}
