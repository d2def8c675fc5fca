/** Whose search is next: each wire has its turn, and none can take all the room. Pure. */
#ifndef QUOTED_FRONTENDS_KEEPER_SEARCH_QUEUE_H
#define QUOTED_FRONTENDS_KEEPER_SEARCH_QUEUE_H

#include <stdbool.h>

/** Searches that wait at the most, of one wire and of all. */
enum { SEARCH_QUEUE_WIRE_MAX = 16, SEARCH_QUEUE_MAX = 64 };

/** A search in the queue; its owner's. */
struct search_turn {
	struct search_turn *next;
	unsigned wire;
	bool passed; /* it is in the list, but waits for no turn */
	void *search;
};

/** All zero is an empty one. */
struct search_queue {
	struct search_turn *first; /* in the order they came in */
	unsigned last_wire;        /* whose turn it was */
};

/** Returns whether one more of a wire may wait. */
bool search_queue_has_room(const struct search_queue *queue, unsigned wire);

/** Adds one at the end. */
void search_queue_add(struct search_queue *queue, struct search_turn *turn);

/** Takes out one that is in it. */
void search_queue_remove(struct search_queue *queue, struct search_turn *turn);

/** Returns the first of the wire whose turn it is; it stays in. NULL where none waits. */
struct search_turn *search_queue_next(const struct search_queue *queue);

#endif
