#include "frontends/keeper/file_watch.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>

#include "core/base/mem.h"

enum { EVENTS_SIZE = 4096 };

static const uint32_t of_names = IN_ATTRIB | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
				 IN_DELETE_SELF | IN_MOVE_SELF | IN_MASK_ADD;
static const uint32_t of_writing = IN_CLOSE_WRITE | IN_MODIFY;

struct watched {
	int number;   /* of inotify */
	char *prefix; /* of the paths in a directory, up to the slash; or the path of a file */
};

void file_watch_init(struct file_watch *watch)
{
	*watch = (struct file_watch){.fd = -1};
}

static int compare(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool has_path(const struct file_watch *watch, const char *path)
{
	return bsearch(&path, watch->paths.items, watch->paths.count, sizeof path, compare) != NULL;
}

static bool has_number(const struct file_watch *watch, int number)
{
	for (size_t i = 0; i < watch->count; i++)
		if (watch->items[i].number == number)
			return true;
	return false;
}

/* Other machines, or the program behind FUSE, change such files without the kernel's noticing. */
static bool is_remote(const char *path)
{
	static const long kinds[] = {NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, SMB2_SUPER_MAGIC,
		CIFS_SUPER_MAGIC, FUSE_SUPER_MAGIC, V9FS_MAGIC, CEPH_SUPER_MAGIC, AFS_SUPER_MAGIC,
		CODA_SUPER_MAGIC};
	struct statfs status;
	if (statfs(path, &status) < 0)
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if ((unsigned)status.f_type == (unsigned)kinds[i])
			return true;
	return false;
}

/* Returns 0 or an errno. */
static int add(struct file_watch *watch, const char *path, size_t length, uint32_t mask)
{
	char *prefix = mem_strndup(path, length);
	const struct watched *last = watch->count > 0 ? &watch->items[watch->count - 1] : NULL;
	int number = inotify_add_watch(watch->fd, prefix, mask);
	int reason = number < 0 ? errno : 0;
	bool is_last = last != NULL && last->number == number && strcmp(last->prefix, prefix) == 0;
	if (reason != 0 || is_last) {
		free(prefix);
		return reason;
	}
	watch->is_blind |= is_remote(prefix);
	watch->items = mem_grow(watch->items, watch->count, sizeof *watch->items);
	watch->items[watch->count++] = (struct watched){number, prefix};
	return 0;
}

static size_t up_to_slash(const char *path)
{
	return (size_t)(strrchr(path, '/') + 1 - path);
}

/* Not of one whose names all matter, which ends in a slash. */
static bool is_directory(const char *path)
{
	struct stat status;
	return path[up_to_slash(path)] != '\0' && stat(path, &status) == 0 &&
	       S_ISDIR(status.st_mode);
}

/* A directory that does not exist needs no watch: its name is among the paths, so the one above is
 * watched. If all paths in one are directories on the way to others, what is written to its files
 * wakes no thread. */
static void add_all(struct file_watch *watch)
{
	for (size_t i = 0; i < watch->paths.count; i++) {
		const char *path = watch->paths.items[i];
		uint32_t mask = is_directory(path) ? of_names : of_names | of_writing;
		int reason = add(watch, path, up_to_slash(path), mask | IN_ONLYDIR);
		if (reason == EACCES)
			watch->is_blind |= add(watch, path, strlen(path),
						   of_names | of_writing | IN_DONT_FOLLOW) != 0;
		else
			watch->is_blind |= reason != 0 && reason != ENOENT && reason != ENOTDIR;
	}
}

static void finish_items(struct file_watch *watch)
{
	for (size_t i = 0; i < watch->count; i++)
		free(watch->items[i].prefix);
	free(watch->items);
	strings_finish(&watch->paths);
}

bool file_watch_set(struct file_watch *watch, struct strings *paths)
{
	struct file_watch before = *watch;
	bool is_new = false;
	watch->paths = *paths;
	watch->items = NULL;
	watch->count = 0;
	*paths = (struct strings){0};
	if (watch->fd < 0)
		watch->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	watch->is_blind = watch->fd < 0;
	if (watch->fd >= 0)
		add_all(watch);
	for (size_t i = 0; i < watch->count; i++)
		is_new |= !has_number(&before, watch->items[i].number);
	/* What stays watched keeps its number and loses no event. */
	for (size_t i = 0; i < before.count; i++)
		if (!has_number(watch, before.items[i].number))
			inotify_rm_watch(watch->fd, before.items[i].number);
	finish_items(&before);
	return is_new;
}

/* An event without a name is about the directory or file that is watched. */
static bool matters(const struct file_watch *watch, const struct inotify_event *event)
{
	bool found = (event->mask & IN_Q_OVERFLOW) != 0;
	for (size_t i = 0; i < watch->count && !found; i++) {
		if (watch->items[i].number != event->wd)
			continue;
		const char *prefix = watch->items[i].prefix;
		char *path = mem_format("%s%s", prefix, event->len > 0 ? event->name : "");
		found = event->len == 0 || has_path(watch, path) ||
			(event->name[0] != '.' && has_path(watch, prefix));
		free(path);
	}
	return found;
}

/* IN_CREATE does not count as being written: links and directories are never closed. */
static void note(const struct inotify_event *event, struct settling *settling, double now)
{
	bool is_written = (event->mask & IN_MODIFY) != 0;
	bool says_more = is_written || (event->mask & IN_ATTRIB) == 0;
	char *name = mem_format("%d/%s", event->wd, event->len > 0 ? event->name : "");
	settling_note(settling, says_more ? name : "", is_written, now);
	free(name);
}

/* Not all at once: some program may write faster than this reads, without end. */
void file_watch_read(struct file_watch *watch, struct settling *settling, double now)
{
	_Alignas(struct inotify_event) char octets[EVENTS_SIZE];
	ssize_t got = read(watch->fd, octets, sizeof octets);
	const char *at = octets;
	const char *end = octets + (got > 0 ? got : 0);
	while (at < end) {
		const struct inotify_event *event = (const void *)at;
		if (matters(watch, event))
			note(event, settling, now);
		at += sizeof *event + event->len;
	}
}

void file_watch_finish(struct file_watch *watch)
{
	if (watch->fd >= 0)
		close(watch->fd);
	finish_items(watch);
}
