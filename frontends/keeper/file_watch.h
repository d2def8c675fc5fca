/** Watches paths for changes, by inotify(7). Each call may block as long as a file system does. */
#ifndef QUOTED_FRONTENDS_KEEPER_FILE_WATCH_H
#define QUOTED_FRONTENDS_KEEPER_FILE_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"
#include "frontends/keeper/settling.h"

/** Filled by file_watch_init(). */
struct file_watch {
	int fd;        /* poll(2) tells when there is something to read; -1: none yet */
	bool is_blind; /* changes can go unnoticed: look at the files now and then */
	struct strings paths;
	struct watched *items; /* what the kernel watches for their sake */
	size_t count;
};

/** Watches nothing yet. */
void file_watch_init(struct file_watch *watch);

/**
 * Watches the paths that loader_look() gave, which it takes over, in place of those before. In a
 * directory that may be searched but not read, it watches the files that are there. Is blind if the
 * system gives no descriptor or no watch, if a path is on a network or in the hands of a program
 * (FUSE), or if a file may appear in a directory that may not be read. Returns whether something is
 * watched that was not before: it may be in the middle of a change that began unnoticed.
 */
bool file_watch_set(struct file_watch *watch, struct strings *paths);

/** Reads some of what has happened, if anything, and notes what matters in \p settling. While there
 * is more, the descriptor stays readable. */
void file_watch_read(struct file_watch *watch, struct settling *settling, double now);

/** Stops and frees what it holds. */
void file_watch_finish(struct file_watch *watch);

#endif
