#include "frontends/kit/log_repeats.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/mem.h"

static uint64_t key_of(const struct log_line *message, const char *format)
{
	const char *what = strcmp(format, "%s") == 0 ? message->text : format;
	uint64_t key = hash_octets(what, strlen(what), (uint64_t)message->level);
	return hash_octets(message->name, strlen(message->name), key);
}

/* Removed before it is told, as telling may log. The last one takes its place. */
static void end(struct log_repeats *repeats, size_t index, double now)
{
	struct log_repeat ended = repeats->items[index];
	repeats->items[index] = repeats->items[--repeats->count];
	if (ended.held > 0)
		repeats->tell(&(struct log_line){
			.level = ended.level,
			.name = ended.name,
			.text = ended.text,
			.repeated = ended.held,
			.seconds = now - ended.since,
		});
	free(ended.name);
	free(ended.text);
}

static bool is_over(const struct log_repeats *repeats, const struct log_repeat *item, double now)
{
	return now - item->since >= repeats->seconds;
}

static struct log_repeat *find(struct log_repeats *repeats, uint64_t key)
{
	for (size_t i = 0; i < repeats->count; i++) {
		if (repeats->items[i].key == key)
			return &repeats->items[i];
	}
	return NULL;
}

static size_t oldest(const struct log_repeats *repeats)
{
	size_t found = 0;
	for (size_t i = 1; i < repeats->count; i++) {
		if (repeats->items[i].since < repeats->items[found].since)
			found = i;
	}
	return found;
}

static void begin(
	struct log_repeats *repeats, const struct log_line *message, uint64_t key, double now)
{
	if (repeats->count == LOG_REPEATS_MESSAGES)
		end(repeats, oldest(repeats), now);
	repeats->items[repeats->count++] = (struct log_repeat){
		.key = key,
		.level = message->level,
		.name = mem_strdup(message->name),
		.count = 1,
		.since = now,
	};
}

bool log_repeats_take(
	struct log_repeats *repeats, const struct log_line *message, const char *format, double now)
{
	if (repeats->shown == 0)
		return true;
	log_repeats_flush(repeats, now, false);
	uint64_t key = key_of(message, format);
	struct log_repeat *item = find(repeats, key);
	if (item == NULL) {
		begin(repeats, message, key, now);
		return true;
	}
	if (item->count++ < repeats->shown)
		return true;
	item->held++;
	free(item->text);
	item->text = mem_strdup(message->text);
	return false;
}

double log_repeats_due(const struct log_repeats *repeats)
{
	double due = -1;
	for (size_t i = 0; i < repeats->count; i++) {
		const struct log_repeat *item = &repeats->items[i];
		double end_of_item = item->since + repeats->seconds;
		if (item->held > 0 && (due < 0 || end_of_item < due))
			due = end_of_item;
	}
	return due;
}

void log_repeats_flush(struct log_repeats *repeats, double now, bool all)
{
	for (size_t i = repeats->count; i-- > 0;) {
		if (i < repeats->count && (all || is_over(repeats, &repeats->items[i], now)))
			end(repeats, i, now);
	}
}
