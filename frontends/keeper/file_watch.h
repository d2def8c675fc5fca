/** Watches paths for changes, by inotify(7). Each call may block as long as a file system does. */
#ifndef QUOTED_FRONTENDS_KEEPER_FILE_WATCH_H
#define QUOTED_FRONTENDS_KEEPER_FILE_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"
#include "frontends/keeper/settling.h"

/** Filled by file_watch_init(). */
struct file_watch {
	int fd;        /* poll(2) tells when there are events to read; -1: none yet */
	bool is_blind; /* changes can go unnoticed: call loader_look() too */
	struct strings paths;
	struct watched *items; /* what the kernel watches for these paths */
	size_t count;
};

/** Watches nothing yet. */
void file_watch_init(struct file_watch *watch);

/**
 * Watches \p paths instead of the previous ones; they come from loader_look(), and it takes them
 * over. In a directory that may be searched but not read, it watches the files that are there. It
 * is blind if the system has no descriptor or watch left, if a path is on a network or served by a
 * program (FUSE), or if a file may appear in a directory that may not be read. Returns whether it
 * watches something new, which may be in the middle of a change that began unnoticed.
 */
bool file_watch_set(struct file_watch *watch, struct strings *paths);

/** Reads some of the events, if there are any, and notes those that matter in \p settling. The
 * descriptor stays readable while there are more. */
void file_watch_read(struct file_watch *watch, struct settling *settling, double now);

/** Stops and frees what it holds. */
void file_watch_finish(struct file_watch *watch);

#endif
