#include "frontends/irc/connection/irc_queue.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/irc_reply.h"

enum { LINE_OCTETS = 510 };

/* A ring, which owns its lines. */
struct irc_queue {
	double burst;
	double interval;
	size_t limit;
	size_t size; /* of the ring: limit, or more if it was lowered under the lines that wait */
	double tokens;
	double filled_at;
	char **lines;
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
	queue->size = queue->limit;
	queue->lines = mem_alloc(queue->size * sizeof *queue->lines);
	return queue;
}

void irc_queue_set(struct irc_queue *queue, double burst, double interval, size_t limit)
{
	size_t size = limit > queue->count ? limit : queue->count;
	char **lines = mem_alloc(size * sizeof *lines);
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

bool irc_queue_push(struct irc_queue *queue, const char *line)
{
	if (queue->count >= queue->limit)
		return false;
	char *copy = mem_strndup(line, irc_reply_cut(line, strlen(line), LINE_OCTETS));
	for (char *c = copy; *c != '\0'; c++) {
		if (*c == '\r' || *c == '\n')
			*c = ' ';
	}
	queue->lines[(queue->first + queue->count++) % queue->size] = copy;
	return true;
}

static void fill(struct irc_queue *queue, double now)
{
	if (now > queue->filled_at)
		queue->tokens += (now - queue->filled_at) / queue->interval;
	queue->filled_at = now;
	if (queue->tokens > queue->burst)
		queue->tokens = queue->burst;
}

char *irc_queue_pop(struct irc_queue *queue, double now, double *ret_wait)
{
	*ret_wait = -1;
	if (queue->count == 0)
		return NULL;
	if (queue->interval > 0) {
		fill(queue, now);
		if (queue->tokens < 1) {
			*ret_wait = (1 - queue->tokens) * queue->interval;
			return NULL;
		}
		queue->tokens -= 1;
	}
	char *line = queue->lines[queue->first];
	queue->first = (queue->first + 1) % queue->size;
	queue->count--;
	return line;
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
	for (; queue->count > 0; queue->count--) {
		free(queue->lines[queue->first]);
		queue->first = (queue->first + 1) % queue->size;
	}
}

void irc_queue_destroy(struct irc_queue *queue)
{
	if (queue == NULL)
		return;
	irc_queue_clear(queue);
	free(queue->lines);
	free(queue);
}
