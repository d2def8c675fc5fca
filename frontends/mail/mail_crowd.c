#include "frontends/mail/mail_crowd.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *left, const void *right)
{
	const struct mail_crowd_place *one = left;
	const struct mail_crowd_place *other = right;
	return memcmp(&one->prefix, &other->prefix, sizeof one->prefix);
}

/* Returns how many places from the first on have its prefix. */
static size_t run_length(const struct mail_crowd_place *places, size_t count)
{
	size_t length = 0;
	while (length < count && compare(&places[0], &places[length]) == 0)
		length++;
	return length;
}

/* Of the sessions of one prefix. */
static const struct mail_crowd_place *find_idlest(
	const struct mail_crowd_place *places, size_t count, double at_least)
{
	const struct mail_crowd_place *best = NULL;
	for (size_t i = 0; i < count; i++)
		if (!places[i].busy && places[i].idle >= at_least &&
			(best == NULL || places[i].idle > best->idle))
			best = &places[i];
	return best;
}

void *mail_crowd_choose(struct mail_crowd_place *places, size_t count)
{
	const struct mail_crowd_place newcomer = places[count - 1];
	const struct mail_crowd_place *best = NULL;
	size_t most = 0;
	size_t own = 1;
	size_t others = count - 1;
	qsort(places, others, sizeof places[0], compare);
	for (size_t i = 0; i < others; i++)
		own += compare(&places[i], &newcomer) == 0;
	for (size_t i = 0, length; i < others; i += length) {
		length = run_length(&places[i], others - i);
		double at_least = length > own ? 0 : MAIL_CROWD_GRACE;
		const struct mail_crowd_place *found = find_idlest(&places[i], length, at_least);
		if (found != NULL &&
			(length > most || (length == most && found->idle > best->idle))) {
			best = found;
			most = length;
		}
	}
	if (best != NULL)
		return best->session;
	return own > 1 ? newcomer.session : NULL;
}
