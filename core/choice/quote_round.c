#include "core/choice/quote_round.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

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

void quote_round_forget(struct quote_round *round, uint32_t quote)
{
	if (round->shown != NULL)
		round->shown[quote / BITS] &= ~(UINT64_C(1) << quote % BITS);
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

static void carry_one(
	struct quote_round *to, const struct library *library, uint64_t id, bool shown)
{
	uint32_t at = id_index_position(&library->ids, &library->store, id);
	if (at == library->ids.count)
		return;
	uint32_t quote = library->ids.order[at];
	if (library->store.quotes[quote].id != id)
		return;
	if (shown)
		quote_round_add(to, library, quote);
	else
		quote_round_forget(to, quote);
}

void quote_round_carry(struct quote_round *to, const struct library *library,
	const struct quote_round *from, const struct quote_round *known,
	const struct library *before)
{
	for (size_t word = 0; word < words_of(before); word++) {
		uint64_t now = from->shown != NULL ? from->shown[word] : 0;
		uint64_t then = known->shown != NULL ? known->shown[word] : 0;
		for (uint64_t left = now ^ then; left != 0; left &= left - 1) {
			unsigned bit = (unsigned)__builtin_ctzll(left);
			size_t quote = word * BITS + bit;
			carry_one(
				to, library, before->store.quotes[quote].id, (now >> bit & 1) != 0);
		}
	}
}

void quote_round_finish(struct quote_round *round)
{
	free(round->shown);
	*round = (struct quote_round){0};
}
