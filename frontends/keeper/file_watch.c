#include "frontends/keeper/file_watch.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include <linux/magic.h>

#include "core/base/mem.h"
#include "frontends/keeper/settling.h"
#include "frontends/kit/log.h"

enum { EVENTS_SIZE = 4096 };

static const double ns_a_second = 1e9;

static const uint32_t events_wanted = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE |
				      IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |
				      IN_MOVE_SELF;

/* A name in a directory that is watched. */
struct watched {
	int number; /* of inotify */
	char *name; /* "": every name; ".": none, it is watched itself */
};

struct file_watch {
	struct ev_loop *loop;
	void (*on_change)(void *data);
	void *data;
	ev_io readable;
	ev_timer due; /* for what has settled */
	struct settling settling;
	struct watched *items; /* by number */
	size_t count;
	bool blind;
	bool complained;
};

/* No step of the clock may hold up what is to be told. */
static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / ns_a_second;
}

static void stop_timer(struct file_watch *watch)
{
	if (!ev_is_active(&watch->due))
		return;
	ev_ref(watch->loop);
	ev_timer_stop(watch->loop, &watch->due);
}

static void start_timer(struct file_watch *watch)
{
	double left = settling_due(&watch->settling) - now();
	stop_timer(watch);
	if (watch->settling.count == 0)
		return;
	ev_timer_set(&watch->due, left > 0 ? left : 0, 0);
	ev_timer_start(watch->loop, &watch->due);
	ev_unref(watch->loop);
}

static void on_due(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct file_watch *watch = timer->data;
	ev_ref(loop);
	bool any = settling_take(&watch->settling, now());
	start_timer(watch);
	if (any)
		watch->on_change(watch->data);
}

/* Returns where the first item with that number is, or would be. */
static size_t position(const struct file_watch *watch, int number)
{
	size_t low = 0;
	size_t high = watch->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (watch->items[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_watched(const struct file_watch *watch, int number)
{
	size_t at = position(watch, number);
	return at < watch->count && watch->items[at].number == number;
}

/* An event without a name is one of the directory itself. */
static bool matters(const struct file_watch *watch, const struct inotify_event *event)
{
	const char *name = event->len > 0 ? event->name : "";
	size_t at = position(watch, event->wd);
	if ((event->mask & IN_Q_OVERFLOW) != 0)
		return true;
	if (*name == '\0')
		return is_watched(watch, event->wd);
	for (; at < watch->count && watch->items[at].number == event->wd; at++) {
		const char *wanted = watch->items[at].name;
		if (*wanted == '\0' ? *name != '.' : strcmp(wanted, name) == 0)
			return true;
	}
	return false;
}

/* Whoever creates a file writes to it next; of a link, there is nothing to be closed. */
static enum settling_event kind_of(uint32_t mask)
{
	if ((mask & IN_MODIFY) != 0)
		return SETTLING_EVENT_WRITTEN;
	return (mask & IN_ATTRIB) != 0 ? SETTLING_EVENT_TOUCHED : SETTLING_EVENT_CHANGED;
}

static void note(struct file_watch *watch, const struct inotify_event *event)
{
	const char *name = event->len > 0 ? event->name : "";
	settling_note(&watch->settling, event->wd, name, kind_of(event->mask), now());
}

/* Which file it was matters no further: whoever is told looks at all of them. */
static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop, (void)events;
	_Alignas(struct inotify_event) char octets[EVENTS_SIZE];
	struct file_watch *watch = io->data;
	ssize_t got;
	while ((got = read(io->fd, octets, sizeof octets)) > 0) {
		const char *at = octets;
		while (at < octets + got) {
			const struct inotify_event *event = (const void *)at;
			if (matters(watch, event))
				note(watch, event);
			at += sizeof *event + event->len;
		}
	}
	start_timer(watch);
}

struct file_watch *file_watch_create(
	struct ev_loop *loop, void (*on_change)(void *data), void *data)
{
	struct file_watch *watch = mem_alloc(sizeof *watch);
	watch->loop = loop;
	watch->on_change = on_change;
	watch->data = data;
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	ev_io_init(&watch->readable, on_readable, fd, EV_READ);
	ev_timer_init(&watch->due, on_due, 0, 0);
	watch->readable.data = watch;
	watch->due.data = watch;
	watch->blind = fd < 0;
	if (fd < 0) {
		log_warning(
			"quoted", "changes of files are not noticed: inotify: %s", strerror(errno));
		return watch;
	}
	ev_io_start(loop, &watch->readable);
	ev_unref(loop);
	return watch;
}

static int compare(const void *left, const void *right)
{
	const struct watched *a = left;
	const struct watched *b = right;
	return a->number < b->number ? -1 : a->number > b->number;
}

static size_t directory_length(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash != NULL ? (size_t)(slash + 1 - path) : 0;
}

/* Where others can write and the kernel does not hear of it. */
static bool is_remote(const char *directory)
{
	static const long kinds[] = {NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, SMB2_SUPER_MAGIC,
		CIFS_SUPER_MAGIC, FUSE_SUPER_MAGIC, V9FS_MAGIC, CEPH_SUPER_MAGIC, AFS_SUPER_MAGIC,
		CODA_SUPER_MAGIC};
	struct statfs status;
	if (statfs(directory, &status) < 0)
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if ((unsigned)status.f_type == (unsigned)kinds[i])
			return true;
	return false;
}

/* Returns the number, or -errno. */
static int watch_directory(struct file_watch *watch, const char *path, size_t length)
{
	char *directory = length > 0 ? mem_strndup(path, length) : mem_strdup(".");
	int number = inotify_add_watch(watch->readable.fd, directory, events_wanted | IN_ONLYDIR);
	if (number < 0)
		number = -errno;
	else
		watch->blind |= is_remote(directory);
	free(directory);
	return number;
}

static bool is_directory(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Of most of the directories above a file, nobody misses anything. */
static void complain(struct file_watch *watch, const char *path, const char *name, int reason)
{
	bool usual = reason == ENOENT || (reason == EACCES && *name != '\0' && is_directory(path));
	watch->blind = true;
	if (usual || watch->complained)
		return;
	log_warning("quoted", "%s: changes are not noticed: %s", path, strerror(reason));
	watch->complained = true;
}

static void add(struct file_watch *watch, int number, const char *name)
{
	watch->items[watch->count++] = (struct watched){number, mem_strdup(name)};
}

/* A directory that is not there is watched for in the one above. What is in one that may be
 * searched but not read can still be watched itself, if it is there. */
static void do_without_directory(
	struct file_watch *watch, const char *path, const char *name, int reason)
{
	int number = -1;
	if (reason == ENOENT || reason == ENOTDIR)
		return;
	if (reason == EACCES && *name != '\0') {
		number =
			inotify_add_watch(watch->readable.fd, path, events_wanted | IN_DONT_FOLLOW);
		reason = errno;
	}
	if (number >= 0)
		add(watch, number, ".");
	else
		complain(watch, path, name, reason);
}

/* Many paths in a row are in the same directory. */
static void watch_all(struct file_watch *watch, const struct strings *paths)
{
	const char *directory = "";
	size_t length = SIZE_MAX;
	int number = -1;
	for (size_t i = 0; i < paths->count; i++) {
		const char *path = paths->items[i];
		if (directory_length(path) != length || strncmp(path, directory, length) != 0) {
			directory = path;
			length = directory_length(path);
			number = watch_directory(watch, path, length);
		}
		if (number >= 0)
			add(watch, number, path + length);
		else
			do_without_directory(watch, path, path + length, -number);
	}
}

static void free_items(struct file_watch *watch)
{
	for (size_t i = 0; i < watch->count; i++)
		free(watch->items[i].name);
	free(watch->items);
}

/* Returns whether a directory is new. It may be in the middle of a change, of which those that are
 * known are the beginning: one that was made again is filled next. */
static bool note_new(struct file_watch *watch, const struct file_watch *before)
{
	size_t i = 0;
	while (i < watch->count && is_watched(before, watch->items[i].number))
		i++;
	if (i == watch->count)
		return false;
	settling_drop(&watch->settling);
	settling_note(&watch->settling, SETTLING_ALL, "", SETTLING_EVENT_CHANGED, now());
	return true;
}

bool file_watch_set(struct file_watch *watch, const struct strings *paths)
{
	struct file_watch before = *watch;
	if (watch->readable.fd < 0)
		return false;
	watch->items = mem_alloc((paths->count + 1) * sizeof *watch->items);
	watch->count = 0;
	watch->blind = false;
	watch_all(watch, paths);
	qsort(watch->items, watch->count, sizeof *watch->items, compare);
	bool added = note_new(watch, &before);
	/* What is watched again keeps its number and loses no event. */
	for (size_t i = 0; i < before.count; i++)
		if (!is_watched(watch, before.items[i].number))
			inotify_rm_watch(watch->readable.fd, before.items[i].number);
	free_items(&before);
	start_timer(watch);
	return added;
}

bool file_watch_is_blind(const struct file_watch *watch)
{
	return watch->blind;
}

void file_watch_destroy(struct file_watch *watch)
{
	if (watch == NULL)
		return;
	stop_timer(watch);
	if (watch->readable.fd >= 0) {
		ev_ref(watch->loop);
		ev_io_stop(watch->loop, &watch->readable);
		close(watch->readable.fd);
	}
	free_items(watch);
	settling_finish(&watch->settling);
	free(watch);
}
