#include "frontends/kit/zone.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "core/base/mem.h"

struct zone {
	GTimeZone *rules;
};

/* GLib also takes paths and offsets. */
static GTimeZone *read_rules(const char *name)
{
	bool is_name = g_ascii_isalpha(*name) && strstr(name, "..") == NULL;
	return is_name ? g_time_zone_new_identifier(name) : NULL;
}

struct zone *zone_open(const char *name)
{
	GTimeZone *rules = read_rules(name);
	if (rules == NULL)
		return NULL;
	struct zone *zone = mem_alloc(sizeof *zone);
	zone->rules = rules;
	return zone;
}

long zone_ahead(const struct zone *zone, time_t when)
{
	struct tm local = {0};
	if (zone == NULL) {
		localtime_r(&when, &local);
		return local.tm_gmtoff;
	}
	gint interval = g_time_zone_find_interval(zone->rules, G_TIME_TYPE_UNIVERSAL, when);
	return g_time_zone_get_offset(zone->rules, interval);
}

void zone_close(struct zone *zone)
{
	if (zone == NULL)
		return;
	g_time_zone_unref(zone->rules);
	free(zone);
}
