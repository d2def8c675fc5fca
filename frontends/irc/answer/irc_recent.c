#include "frontends/irc/answer/irc_recent.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_nick.h"

static void clear(struct irc_recent_place *place)
{
	free(place->name);
	free(place->words);
	*place = (struct irc_recent_place){0};
}

struct irc_recent_place *irc_recent_find(struct irc_recent *recent, const char *name)
{
	struct irc_recent_place *oldest = &recent->places[0];
	struct irc_recent_place *found = NULL;
	for (size_t i = 0; i < IRC_RECENT_PLACES && found == NULL; i++) {
		struct irc_recent_place *place = &recent->places[i];
		if (place->name != NULL && irc_nick_equal(place->name, name))
			found = place;
		if (place->used_at < oldest->used_at)
			oldest = place;
	}
	if (found == NULL) {
		found = oldest;
		clear(found);
		found->name = mem_strdup(name);
	}
	found->used_at = ++recent->uses;
	return found;
}

void irc_recent_search(struct irc_recent_place *place, const char *words)
{
	char *copy = mem_strdup(words);
	free(place->words);
	place->words = copy;
	place->next = 0;
}

void irc_recent_say(struct irc_recent *recent, const char *line)
{
	free(recent->said[recent->next_said]);
	recent->said[recent->next_said] = mem_strdup(line);
	recent->next_said = (recent->next_said + 1) % IRC_RECENT_SAID;
}

bool irc_recent_was_said(const struct irc_recent *recent, const char *text)
{
	for (size_t i = 0; i < IRC_RECENT_SAID; i++)
		if (recent->said[i] != NULL && strcmp(recent->said[i], text) == 0)
			return true;
	return false;
}

void irc_recent_finish(struct irc_recent *recent)
{
	for (size_t i = 0; i < IRC_RECENT_PLACES; i++)
		clear(&recent->places[i]);
	for (size_t i = 0; i < IRC_RECENT_SAID; i++)
		free(recent->said[i]);
	*recent = (struct irc_recent){0};
}
