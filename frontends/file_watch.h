/** Notices changes in directories, by inotify(7). */
#ifndef QUOTED_FRONTENDS_FILE_WATCH_H
#define QUOTED_FRONTENDS_FILE_WATCH_H

#include <ev.h>

#include "core/strings.h"

struct file_watch;

/**
 * Watches nothing yet. \p on_change comes once the changes have paused for 0.3 s, or 1.5 s after
 * the first; it can come without a change that matters. Does not keep the loop running. Where the
 * system gives no inotify descriptor, that is logged and no change is noticed.
 */
struct file_watch *file_watch_create(
	struct ev_loop *loop, void (*on_change)(void *data), void *data);

/** Watches \p directories, in place of those before; what cannot be watched is logged once. */
void file_watch_set(struct file_watch *watch, const struct strings *directories);

/** Stops; NULL is a no-op. */
void file_watch_destroy(struct file_watch *watch);

#endif
