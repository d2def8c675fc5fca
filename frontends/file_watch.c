#include "frontends/file_watch.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "core/mem.h"
#include "frontends/log.h"

enum { EVENTS_SIZE = 4096 };

static const uint32_t events_wanted = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_CREATE |
				      IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |
				      IN_MOVE_SELF;
static const double pause_seconds = 0.3;
static const double patience_seconds = 1.5;

struct file_watch {
	struct ev_loop *loop;
	void (*on_change)(void *data);
	void *data;
	ev_io readable;
	ev_timer pause;
	double first; /* when the first change was seen that was not told; 0: none */
	int *watches;
	size_t count;
	bool complained;
};

static void on_pause(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct file_watch *watch = timer->data;
	ev_ref(loop);
	ev_timer_stop(loop, timer);
	watch->first = 0;
	watch->on_change(watch->data);
}

static void stop_pause(struct file_watch *watch)
{
	if (!ev_is_active(&watch->pause))
		return;
	ev_ref(watch->loop);
	ev_timer_stop(watch->loop, &watch->pause);
}

static void start_pause(struct file_watch *watch)
{
	double now = ev_now(watch->loop);
	if (watch->first == 0)
		watch->first = now;
	double left = watch->first + patience_seconds - now;
	stop_pause(watch);
	ev_timer_set(
		&watch->pause, left < pause_seconds ? (left > 0 ? left : 0) : pause_seconds, 0);
	ev_timer_start(watch->loop, &watch->pause);
	ev_unref(watch->loop);
}

/* Which file it was does not matter: whoever is told looks at all of them. */
static void on_readable(struct ev_loop *loop, ev_io *io, int events)
{
	(void)loop, (void)events;
	_Alignas(struct inotify_event) char octets[EVENTS_SIZE];
	bool any = false;
	while (read(io->fd, octets, sizeof octets) > 0)
		any = true;
	if (any)
		start_pause(io->data);
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
	ev_timer_init(&watch->pause, on_pause, 0, 0);
	watch->readable.data = watch;
	watch->pause.data = watch;
	if (fd < 0) {
		log_warning(
			"quoted", "changes of files are not noticed: inotify: %s", strerror(errno));
		return watch;
	}
	ev_io_start(loop, &watch->readable);
	ev_unref(loop);
	return watch;
}

static void add(struct file_watch *watch, const char *directory)
{
	int number = inotify_add_watch(watch->readable.fd, directory, events_wanted);
	if (number >= 0) {
		watch->watches[watch->count++] = number;
		return;
	}
	if (!watch->complained)
		log_warning(
			"quoted", "%s: changes are not noticed: %s", directory, strerror(errno));
	watch->complained = true;
}

static bool is_watched(const struct file_watch *watch, int number)
{
	for (size_t i = 0; i < watch->count; i++)
		if (watch->watches[i] == number)
			return true;
	return false;
}

void file_watch_set(struct file_watch *watch, const struct strings *directories)
{
	int *before = watch->watches;
	size_t before_count = watch->count;
	if (watch->readable.fd < 0)
		return;
	watch->watches = mem_alloc((directories->count + 1) * sizeof *watch->watches);
	watch->count = 0;
	for (size_t i = 0; i < directories->count; i++)
		add(watch, directories->items[i]);
	/* What is watched again keeps its number and loses no event. */
	for (size_t i = 0; i < before_count; i++)
		if (!is_watched(watch, before[i]))
			inotify_rm_watch(watch->readable.fd, before[i]);
	free(before);
}

void file_watch_destroy(struct file_watch *watch)
{
	if (watch == NULL)
		return;
	stop_pause(watch);
	if (watch->readable.fd >= 0) {
		ev_ref(watch->loop);
		ev_io_stop(watch->loop, &watch->readable);
		close(watch->readable.fd);
	}
	free(watch->watches);
	free(watch);
}
