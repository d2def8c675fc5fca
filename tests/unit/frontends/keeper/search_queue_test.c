#include "frontends/keeper/search_queue.h"

#include <criterion/criterion.h>

static void take(struct search_queue *queue, const struct search_turn *expected)
{
	struct search_turn *next = search_queue_next(queue);
	cr_assert_eq(next, expected);
	queue->last_wire = next->wire;
	search_queue_remove(queue, next);
}

Test(search_queue, gives_each_wire_its_turn)
{
	static const unsigned wires[] = {2, 2, 2, 0, 2, 7, 0};
	static const size_t order[] = {3, 0, 5, 6, 1, 2, 4};
	enum { COUNT = sizeof wires / sizeof *wires };
	struct search_turn turns[COUNT];
	struct search_queue queue = {.last_wire = 7};
	for (size_t i = 0; i < COUNT; i++) {
		turns[i] = (struct search_turn){.wire = wires[i]};
		search_queue_add(&queue, &turns[i]);
	}
	for (size_t i = 0; i < COUNT; i++)
		take(&queue, &turns[order[i]]);
	cr_assert_null(search_queue_next(&queue));
}

Test(search_queue, has_room_for_all)
{
	static struct search_turn turns[SEARCH_QUEUE_MAX];
	struct search_queue queue = {0};
	for (unsigned i = 0; i < SEARCH_QUEUE_MAX; i++) {
		unsigned wire = i / SEARCH_QUEUE_WIRE_MAX;
		cr_assert(search_queue_has_room(&queue, wire));
		cr_assert(wire == 0 || !search_queue_has_room(&queue, wire - 1));
		turns[i].wire = wire;
		search_queue_add(&queue, &turns[i]);
	}
	cr_assert_not(search_queue_has_room(&queue, 100));
	turns[0].passed = true;
	cr_assert(search_queue_has_room(&queue, 100));
	cr_assert_eq(search_queue_next(&queue), &turns[SEARCH_QUEUE_WIRE_MAX]);
}
