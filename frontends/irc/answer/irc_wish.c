#include "frontends/irc/answer/irc_wish.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/day.h"
#include "core/base/mem.h"
#include "core/base/suggest.h"
#include "frontends/irc/irc_rules.h"

struct shown {
	struct ask_group *groups;
	size_t count;
};

/* The collections that the wire shows and the list names (NULL: all). */
static void find_shown(const struct asker *asker, const char *list, struct shown *shown)
{
	size_t count = asker_collections(asker, 0, 0, NULL);
	struct ask_group *groups = mem_resize(NULL, count + 1, sizeof *groups);
	asker_collections(asker, 0, count, groups);
	*shown = (struct shown){.groups = groups};
	for (size_t i = 0; i < count; i++)
		if (list == NULL || irc_rules_has(list, groups[i].name, groups[i].length))
			groups[shown->count++] = groups[i];
}

/* Returns the collection that has the quote at \p position, and moves that to its place there. */
static const struct ask_group *at_position(const struct shown *shown, uint64_t *position)
{
	for (size_t i = 0; i < shown->count; i++) {
		if (*position < shown->groups[i].count)
			return &shown->groups[i];
		*position -= shown->groups[i].count;
	}
	return NULL;
}

static uint64_t count_quotes(const struct shown *shown)
{
	uint64_t total = 0;
	for (size_t i = 0; i < shown->count; i++)
		total += shown->groups[i].count;
	return total;
}

static void draw_collection(struct irc_wish *wish, const struct asker *asker, struct rng *rng)
{
	struct shown shown;
	find_shown(asker, wish->collections, &shown);
	uint64_t total = count_quotes(&shown);
	uint64_t position = total > 0 ? rng_below(rng, total) : 0;
	const struct ask_group *group = at_position(&shown, &position);
	wish->collection = group != NULL ? mem_strndup(group->name, group->length)
					 : mem_strdup(wish->collections);
	wish->ask.collection = wish->collection;
	free(shown.groups);
}

/* Only the day and the quotes matter, so all bots with these collections agree. */
static void choose_today(struct irc_wish *wish, const struct asker *asker)
{
	struct shown shown;
	struct rng rng;
	find_shown(asker, wish->collections, &shown);
	uint64_t total = count_quotes(&shown);
	rng_init(&rng, (uint64_t)day_today());
	uint64_t position = total > 0 ? rng_below(&rng, total) : 0;
	const struct ask_group *group = at_position(&shown, &position);
	if (group != NULL)
		wish->collection = mem_strndup(group->name, group->length);
	free(shown.groups);
	if (group == NULL)
		return;
	wish->ask = (struct ask){
		.kind = ASK_KIND_LIST,
		.collection = wish->collection,
		.offset = (size_t)position,
		.limit = ASK_RANDOM_MAX,
	};
}

static struct ask ask_of(enum irc_command command, const char *argument)
{
	struct ask ask = {.limit = 1};
	switch (command) {
	case IRC_COMMAND_TODAY:
		ask.kind = ASK_KIND_TODAY;
		break;
	case IRC_COMMAND_SEARCH:
	case IRC_COMMAND_MORE:
		ask = (struct ask){ASK_KIND_SEARCH, argument, .limit = IRC_WISH_MATCHES};
		break;
	case IRC_COMMAND_BY:
		ask = (struct ask){
			.author = argument, .author_words = true, .limit = ASK_RANDOM_MAX};
		break;
	case IRC_COMMAND_QUOTE:
	case IRC_COMMAND_FORTUNE:
	case IRC_COMMAND_NONE:
	case IRC_COMMAND_ID:
	case IRC_COMMAND_HELP:
	case IRC_COMMAND_IGNORE:
	case IRC_COMMAND_JOIN:
	case IRC_COMMAND_PART:
	case IRC_COMMAND_RELOAD:
		break;
	}
	return ask;
}

/* Answers show an id in brackets, which people copy with it; other bots have it behind a '#'. */
static void ask_for_id_or_words(struct irc_wish *wish, const char *argument)
{
	size_t length = strlen(argument);
	char last = length > 2 ? argument[length - 1] : '\0';
	if ((last == ']' && argument[0] == '[') || (last == ')' && argument[0] == '('))
		wish->text = mem_strndup(argument + 1, length - 2);
	else if (length > 1 && argument[0] == '#')
		wish->text = mem_strdup(argument + 1);
	wish->ask = (struct ask){ASK_KIND_ID_OR_WORDS, wish->text != NULL ? wish->text : argument,
		.limit = IRC_WISH_MATCHES};
}

void irc_wish_init(struct irc_wish *wish, const struct asker *asker, enum irc_command command,
	const char *argument, const char *collections, struct rng *rng)
{
	bool named = *argument != '\0';
	*wish = (struct irc_wish){
		.ask = ask_of(command, argument),
		.collections = collections,
	};
	if (command == IRC_COMMAND_QUOTE && named)
		ask_for_id_or_words(wish, argument);
	else if (command == IRC_COMMAND_FORTUNE && named)
		wish->ask = (struct ask){.collection = argument, .limit = ASK_RANDOM_MAX};
	else if (collections != NULL && command == IRC_COMMAND_TODAY)
		choose_today(wish, asker);
	else if (collections != NULL && wish->ask.kind == ASK_KIND_RANDOM &&
		 command != IRC_COMMAND_BY)
		draw_collection(wish, asker, rng);
	if (wish->collection != NULL)
		wish->ask.limit = ASK_RANDOM_MAX;
}

bool irc_wish_takes(const struct asker *asker, const char *collections, const struct quote *quote)
{
	struct ask_place place;
	if (collections == NULL)
		return true;
	return asker_place(asker, quote->id, &place) &&
	       irc_rules_has(collections, place.collection.name, place.collection.length);
}

static bool check_name(const struct shown *shown, const char *name, struct error *reterr)
{
	const char **names = mem_alloc((shown->count + 1) * sizeof *names);
	struct strings copies = {0};
	bool found = false;
	for (size_t i = 0; i < shown->count; i++) {
		char *copy = mem_strndup(shown->groups[i].name, shown->groups[i].length);
		found |= strcmp(copy, name) == 0;
		strings_add(&copies, copy);
		names[i] = copies.items[i];
		free(copy);
	}
	const char *meant = suggest_nearest(name, names, shown->count);
	if (!found && meant != NULL)
		error_set(reterr, "no collection '%s' is shown here; did you mean '%s'?", name,
			meant);
	else if (!found)
		error_set(reterr, "no collection '%s' is shown here; see 'quoted list'", name);
	strings_finish(&copies);
	free(names);
	return found;
}

bool irc_wish_check(const struct asker *asker, const char *collections, struct error *reterr)
{
	struct shown shown;
	bool found = true;
	find_shown(asker, NULL, &shown);
	while (found && *collections != '\0') {
		size_t length = strcspn(collections, ",");
		char *name = mem_strndup(collections, length);
		found = check_name(&shown, name, reterr);
		free(name);
		collections += length + (collections[length] == ',');
	}
	free(shown.groups);
	return found;
}

void irc_wish_finish(struct irc_wish *wish)
{
	free(wish->collection);
	free(wish->text);
	*wish = (struct irc_wish){0};
}
