#include "frontends/irc/connection/irc_queue.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"

enum { LINE_OCTETS = 510, SLOWEST = 16 };

struct entry {
	char *text;
	char *person;   /* whose answer begins with it; NULL: none does */
	double expires; /* of the first line of an answer; INFINITY: it does not */
	bool follows;   /* belongs to the line before it */
};

/* A ring, which owns its lines. */
struct irc_queue {
	double burst;
	double interval;
	double slowness; /* burst and lines a second are divided by it */
	unsigned long expired;
	size_t limit;
	size_t size; /* of the ring: limit, or more if it was lowered under the lines that wait */
	double tokens;
	double filled_at;
	struct entry *lines;
	size_t first;
	size_t count;
};

struct irc_queue *irc_queue_create(double burst, double interval, size_t limit)
{
	struct irc_queue *queue = mem_alloc(sizeof *queue);
	queue->burst = burst;
	queue->interval = interval;
	queue->limit = limit > 0 ? limit : 1;
	queue->tokens = burst;
	queue->slowness = 1;
	queue->size = queue->limit;
	queue->lines = mem_alloc(queue->size * sizeof *queue->lines);
	return queue;
}

void irc_queue_set(struct irc_queue *queue, double burst, double interval, size_t limit)
{
	size_t size = limit > queue->count ? limit : queue->count;
	struct entry *lines = mem_alloc(size * sizeof *lines);
	for (size_t i = 0; i < queue->count; i++)
		lines[i] = queue->lines[(queue->first + i) % queue->size];
	free(queue->lines);
	queue->lines = lines;
	queue->size = size;
	queue->first = 0;
	queue->burst = burst;
	queue->interval = interval;
	queue->limit = limit;
}

static void push(struct irc_queue *queue, const char *line, struct entry entry)
{
	entry.text = mem_strndup(line, utf8_cut(line, strlen(line), LINE_OCTETS));
	for (char *c = entry.text; (c = strpbrk(c, "\r\n")) != NULL; c++)
		*c = ' ';
	queue->lines[(queue->first + queue->count++) % queue->size] = entry;
}

bool irc_queue_push(struct irc_queue *queue, const char *format, ...)
{
	char line[LINE_OCTETS + 2]; /* one octet more than fits, so that it is seen to be cut */
	va_list arguments;
	if (queue->count >= queue->limit)
		return false;
	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	push(queue, line, (struct entry){.expires = INFINITY});
	return true;
}

bool irc_queue_push_answer(
	struct irc_queue *queue, const struct strings *lines, const char *person, double expires)
{
	if (irc_queue_room(queue) < lines->count)
		return false;
	for (size_t i = 0; i < lines->count; i++) {
		struct entry entry = {.expires = INFINITY, .follows = i > 0};
		if (i == 0)
			entry = (struct entry){.person = mem_strdup(person), .expires = expires};
		push(queue, lines->items[i], entry);
	}
	return true;
}

size_t irc_queue_waiting(const struct irc_queue *queue, const char *person)
{
	size_t waiting = 0;
	for (size_t i = 0; i < queue->count; i++) {
		const struct entry *entry = &queue->lines[(queue->first + i) % queue->size];
		waiting += entry->person != NULL && strcmp(entry->person, person) == 0;
	}
	return waiting;
}

unsigned long irc_queue_expired(const struct irc_queue *queue)
{
	return queue->expired;
}

void irc_queue_slow_down(struct irc_queue *queue)
{
	if (queue->slowness < SLOWEST)
		queue->slowness *= 2;
}

static void fill(struct irc_queue *queue, double now)
{
	double burst = queue->burst / queue->slowness;
	burst = burst > 1 ? burst : 1;
	if (now > queue->filled_at)
		queue->tokens += (now - queue->filled_at) / (queue->interval * queue->slowness);
	queue->filled_at = now;
	if (queue->tokens > burst)
		queue->tokens = burst;
}

/* Returns the text of the first line, the caller's. */
static char *take(struct irc_queue *queue)
{
	struct entry entry = queue->lines[queue->first];
	queue->first = (queue->first + 1) % queue->size;
	queue->count--;
	free(entry.person);
	return entry.text;
}

static void drop_expired(struct irc_queue *queue, double now)
{
	while (queue->count > 0 && queue->lines[queue->first].expires <= now) {
		queue->expired++;
		do
			free(take(queue));
		while (queue->count > 0 && queue->lines[queue->first].follows);
	}
}

char *irc_queue_pop(struct irc_queue *queue, double now, double *ret_wait)
{
	*ret_wait = -1;
	drop_expired(queue, now);
	if (queue->count == 0)
		return NULL;
	if (queue->interval > 0) {
		fill(queue, now);
		if (queue->tokens < 1) {
			*ret_wait = (1 - queue->tokens) * queue->interval * queue->slowness;
			return NULL;
		}
		queue->tokens -= 1;
	}
	return take(queue);
}

size_t irc_queue_room(const struct irc_queue *queue)
{
	return queue->count < queue->limit ? queue->limit - queue->count : 0;
}

size_t irc_queue_count(const struct irc_queue *queue)
{
	return queue->count;
}

void irc_queue_clear(struct irc_queue *queue)
{
	while (queue->count > 0)
		free(take(queue));
}

void irc_queue_destroy(struct irc_queue *queue)
{
	if (queue == NULL)
		return;
	irc_queue_clear(queue);
	free(queue->lines);
	free(queue);
}
