/** Notices changes of files, by inotify(7). */
#ifndef QUOTED_FRONTENDS_KEEPER_FILE_WATCH_H
#define QUOTED_FRONTENDS_KEEPER_FILE_WATCH_H

#include <stdbool.h>

#include <ev.h>

#include "core/base/strings.h"

struct file_watch;

/**
 * Watches nothing yet. \p on_change comes once a file was left alone for 0.3 s, and not before who
 * writes to it has closed it; or 10 s after the first change, and again 10 s later. Files that
 * change meanwhile put that off by 1 s at the most: whoever loads all may find them half-written,
 * and is told again. It can come without a change that matters. Does not keep the loop running.
 * Where the system gives no inotify descriptor, that is logged and no change is noticed.
 */
struct file_watch *file_watch_create(
	struct ev_loop *loop, void (*on_change)(void *data), void *data);

/**
 * Watches \p paths in place of those before: each is a name in a directory, which need not be
 * there; one that ends in a slash stands for all names in that directory that do not begin with a
 * dot. Returns whether a directory was not watched before: it may be in the middle of a change, so
 * on_change comes as if there had been one. In a directory that may be searched but not read, what
 * is there is watched itself. What cannot be watched is logged once, unless it is not there or is a
 * directory on the way to a file that may not be read.
 */
bool file_watch_set(struct file_watch *watch, const struct strings *paths);

/** Returns whether changes can pass unnoticed: the system gave no descriptor or no watch, or some
 * of the paths are on a network or in the hands of a program, or may come in a directory that may
 * not be read. */
bool file_watch_is_blind(const struct file_watch *watch);

/** Stops; NULL is a no-op. */
void file_watch_destroy(struct file_watch *watch);

#endif
