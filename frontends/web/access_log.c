#include "frontends/web/access_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"

/* How often a FIFO is tried that had no reader. */
static const double RETRY_SECONDS = 1;

struct access_log {
	struct ev_loop *loop;
	const char *name;
	const char *path;
	bool is_open;
	bool torn; /* the last line was written in part */
	int fd;    /* -1: it has no reader yet */
	ev_tstamp tried;
	unsigned long lost; /* lines, not told yet */
	int error;          /* of the last one */
	ev_timer timer;     /* runs for a minute after each telling */
};

static void tell(struct access_log *log)
{
	log_warning(log->name, "access_log: %lu line%s lost: cannot write to %s: %s", log->lost,
		log->lost == 1 ? "" : "s", log->path, strerror(log->error));
	log->lost = 0;
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)events;
	struct access_log *log = timer->data;
	if (log->lost > 0)
		tell(log);
	else
		ev_timer_stop(loop, timer);
}

/* The first loss is told at once, the others with the timer. */
static void lose(struct access_log *log, int error)
{
	log->lost++;
	log->error = error;
	if (ev_is_active(&log->timer))
		return;
	tell(log);
	ev_timer_again(log->loop, &log->timer);
}

struct access_log *access_log_create(struct ev_loop *loop, const char *name, const char *path)
{
	struct access_log *log = mem_alloc(sizeof *log);
	log->loop = loop;
	log->name = name;
	log->path = path;
	log->fd = -1;
	ev_init(&log->timer, on_timer);
	log->timer.repeat = ACCESS_LOG_TELL_SECONDS;
	log->timer.data = log;
	return log;
}

bool access_log_check(const char *path, struct error *reterr)
{
	struct stat status;
	char *directory = mem_strdup(path);
	char *slash = strrchr(directory, '/');
	if (slash != NULL)
		slash[slash == directory] = '\0';
	bool is_there = stat(path, &status) == 0;
	int failed = 0;
	if (is_there && S_ISDIR(status.st_mode))
		failed = EISDIR;
	else if (access(is_there         ? path
			 : slash != NULL ? directory
					 : ".",
			 is_there ? W_OK : W_OK | X_OK) != 0)
		failed = errno;
	free(directory);
	if (failed != 0)
		error_set(reterr, "cannot write %s: %s", path, strerror(failed));
	return failed == 0;
}

/* Without O_NONBLOCK, a FIFO would have us wait for a reader, and for it to read. */
static int open_file(struct access_log *log)
{
	log->tried = ev_now(log->loop);
	return open(
		log->path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0640);
}

bool access_log_open(struct access_log *log, struct error *reterr)
{
	log->fd = open_file(log);
	log->is_open = log->fd >= 0 || errno == ENXIO;
	if (!log->is_open)
		error_set(reterr, "access_log: cannot open %s: %s", log->path, strerror(errno));
	return log->is_open;
}

void access_log_reopen(struct access_log *log)
{
	if (!log->is_open)
		return;
	int fd = open_file(log);
	if (fd < 0) {
		log_error(log->name, "access_log: cannot open %s again: %s; the old file stays",
			log->path, strerror(errno));
		return;
	}
	if (log->fd >= 0)
		close(log->fd);
	log->fd = fd;
	log->torn = false;
}

static bool has_file(struct access_log *log)
{
	if (log->fd < 0 && ev_now(log->loop) - log->tried >= RETRY_SECONDS)
		log->fd = open_file(log);
	return log->fd >= 0;
}

static ssize_t put(int fd, const char *octets, size_t length)
{
	ssize_t written;
	do
		written = write(fd, octets, length);
	while (written < 0 && errno == EINTR);
	return written;
}

/* A full disk may take a part of a line; the next line then begins on its own. */
void access_log_write(struct access_log *log, const char *line, size_t length)
{
	if (!log->is_open)
		return;
	if (!has_file(log)) {
		lose(log, ENXIO);
		return;
	}
	if (log->torn && put(log->fd, "\n", 1) < 0) {
		lose(log, errno);
		return;
	}
	ssize_t written = put(log->fd, line, length);
	log->torn = written > 0 && (size_t)written < length;
	if (written < 0)
		lose(log, errno);
	else if (log->torn)
		lose(log, ENOSPC);
}

void access_log_close(struct access_log *log)
{
	if (!log->is_open)
		return;
	if (log->lost > 0)
		tell(log);
	ev_timer_stop(log->loop, &log->timer);
	if (log->fd >= 0)
		close(log->fd);
	log->fd = -1;
	log->is_open = false;
	log->torn = false;
}

void access_log_destroy(struct access_log *log)
{
	if (log == NULL)
		return;
	access_log_close(log);
	free(log);
}
