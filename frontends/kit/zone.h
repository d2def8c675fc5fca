/** Time zones other than the process's own. The only files that use GLib's. */
#ifndef QUOTED_FRONTENDS_KIT_ZONE_H
#define QUOTED_FRONTENDS_KIT_ZONE_H

#include <time.h>

struct zone;

/** Reads the rules of a zone such as "Europe/Berlin" from /usr/share/zoneinfo. Returns NULL if
 * there is none of that name. */
struct zone *zone_open(const char *name);

/** Returns the seconds that clocks there are ahead of UTC at \p when; NULL stands for the process's
 * own zone. */
long zone_ahead(const struct zone *zone, time_t when);

/** Frees it; NULL is a no-op. */
void zone_close(struct zone *zone);

#endif
