#include "core/quote_round.h"

#include <stdlib.h>
#include <string.h>

#include "core/mem.h"

enum { BITS = 64 };

static size_t words_of(const struct library *library)
{
	return ((size_t)library->store.count + BITS - 1) / BITS;
}

bool quote_round_has(const struct quote_round *round, uint32_t quote)
{
	return round->shown != NULL && (round->shown[quote / BITS] >> quote % BITS & 1) != 0;
}

void quote_round_add(struct quote_round *round, const struct library *library, uint32_t quote)
{
	if (round->shown == NULL)
		round->shown = mem_alloc(words_of(library) * sizeof *round->shown);
	round->shown[quote / BITS] |= UINT64_C(1) << quote % BITS;
}

void quote_round_begin(struct quote_round *round)
{
	free(round->shown);
	round->shown = NULL;
	round->number++;
}

struct quote_round quote_round_copy(const struct quote_round *round, const struct library *library)
{
	struct quote_round copy = {.number = round->number};
	size_t words = words_of(library);
	if (round->shown == NULL)
		return copy;
	copy.shown = mem_alloc(words * sizeof *copy.shown);
	memcpy(copy.shown, round->shown, words * sizeof *copy.shown);
	return copy;
}

static void carry_one(struct quote_round *to, const struct library *library, uint64_t id)
{
	uint32_t at = id_index_position(&library->ids, &library->store, id);
	if (at == library->ids.count)
		return;
	uint32_t quote = library->ids.order[at];
	if (library->store.quotes[quote].id == id)
		quote_round_add(to, library, quote);
}

void quote_round_carry(struct quote_round *to, const struct library *library,
	const struct quote_round *from, const struct quote_round *known,
	const struct library *before)
{
	if (from->shown == NULL)
		return;
	for (size_t word = 0; word < words_of(before); word++) {
		uint64_t left = from->shown[word];
		if (known != NULL && known->shown != NULL)
			left &= ~known->shown[word];
		for (; left != 0; left &= left - 1) {
			size_t quote = word * BITS + (size_t)__builtin_ctzll(left);
			carry_one(to, library, before->store.quotes[quote].id);
		}
	}
}

void quote_round_finish(struct quote_round *round)
{
	free(round->shown);
	*round = (struct quote_round){0};
}
