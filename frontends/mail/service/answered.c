#include "frontends/mail/service/answered.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "core/base/mem.h"

struct entry {
	UT_hash_handle hh;
	enum answered_state state;
	char key[];
};

/* The hash keeps the order of insertion, so its head is the entry set longest ago. */
struct answered {
	struct entry *entries;
	size_t limit;
};

struct answered *answered_create(size_t limit)
{
	struct answered *answered = mem_alloc(sizeof *answered);
	answered->limit = limit;
	return answered;
}

static struct entry *find(const struct answered *answered, const char *key)
{
	struct entry *entry = NULL;
	HASH_FIND_STR(answered->entries, key, entry);
	return entry;
}

enum answered_state answered_get(const struct answered *answered, const char *key)
{
	const struct entry *entry = find(answered, key);
	return entry ? entry->state : ANSWERED_STATE_NEW;
}

static void forget(struct answered *answered, struct entry *entry)
{
	HASH_DEL(answered->entries, entry);
	free(entry);
}

void answered_set(struct answered *answered, const char *key, enum answered_state state)
{
	struct entry *entry = find(answered, key);
	if (!*key)
		return;
	if (entry) {
		forget(answered, entry);
	} else if (HASH_COUNT(answered->entries) >= answered->limit) {
		forget(answered, answered->entries);
	}
	size_t length = strlen(key);
	entry = mem_alloc(sizeof *entry + length + 1);
	memcpy(entry->key, key, length + 1);
	entry->state = state;
	HASH_ADD_STR(answered->entries, key, entry);
}

void answered_destroy(struct answered *answered)
{
	if (!answered)
		return;
	while (answered->entries)
		forget(answered, answered->entries);
	free(answered);
}
