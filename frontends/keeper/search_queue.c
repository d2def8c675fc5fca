#include "frontends/keeper/search_queue.h"

#include <stddef.h>

bool search_queue_has_room(const struct search_queue *queue, unsigned wire)
{
	unsigned all = 0;
	unsigned own = 0;
	for (const struct search_turn *at = queue->first; at != NULL; at = at->next) {
		all += !at->passed;
		own += !at->passed && at->wire == wire;
	}
	return all < SEARCH_QUEUE_MAX && own < SEARCH_QUEUE_WIRE_MAX;
}

void search_queue_add(struct search_queue *queue, struct search_turn *turn)
{
	struct search_turn **link = &queue->first;
	while (*link != NULL)
		link = &(*link)->next;
	turn->next = NULL;
	*link = turn;
}

void search_queue_remove(struct search_queue *queue, struct search_turn *turn)
{
	struct search_turn **link = &queue->first;
	while (*link != turn)
		link = &(*link)->next;
	*link = turn->next;
}

struct search_turn *search_queue_next(const struct search_queue *queue)
{
	struct search_turn *best = NULL;
	unsigned behind = queue->last_wire + 1;
	for (struct search_turn *at = queue->first; at != NULL; at = at->next)
		if (!at->passed && (best == NULL || at->wire - behind < best->wire - behind))
			best = at;
	return best;
}
