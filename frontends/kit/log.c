#include "frontends/kit/log.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/utf8.h"
#include "frontends/kit/log_line.h"
#include "frontends/kit/log_repeats.h"
#include "frontends/kit/metrics.h"

static void put_line(struct log_line *line);

static struct log_options chosen = {.level = LOG_LEVEL_INFO};
static bool started;
static struct ev_loop *attached; /* NULL: hold back nothing */
static ev_timer flush_timer;     /* runs while something is held back */
static struct log_repeats repeats = {.tell = put_line};

void log_start(const struct log_options *options)
{
	chosen = *options;
	started = true;
	repeats.shown = (size_t)chosen.repeats;
	repeats.seconds = chosen.repeat_seconds;
}

/* systemd.exec(5): the variable is inherited, so only the device and the inode tell whether our
 * stderr is still the journal's. */
static bool is_journal(int fd)
{
	struct stat status;
	char *end;
	const char *stream = getenv("JOURNAL_STREAM");
	if (stream == NULL || fstat(fd, &status) != 0)
		return false;
	return strtoull(stream, &end, 10) == status.st_dev && *end == ':' &&
	       strtoull(end + 1, NULL, 10) == status.st_ino;
}

static void put_text(const struct buffer *text)
{
	/* With one call: stderr has no buffer of its own, and others may write there too. */
	fwrite(text->data, 1, text->length, stderr);
	fflush(stderr);
}

/* Once the daemon runs, a reader of stderr that does not read must not stop it. */
static bool can_write(void)
{
	struct pollfd output = {.fd = STDERR_FILENO, .events = POLLOUT};
	return attached == NULL || poll(&output, 1, 0) != 0;
}

static void format_line(struct log_line *line, struct buffer *out)
{
	struct log_line_layout layout = {chosen.form, started, is_journal(STDERR_FILENO)};
	clock_gettime(CLOCK_REALTIME, &line->time);
	log_line_add(line, &layout, out);
}

static void put_line(struct log_line *line)
{
	static unsigned long lost;
	struct buffer out = {0};
	if (!can_write()) {
		lost++;
		return;
	}
	if (lost > 0) {
		char text[64];
		snprintf(text, sizeof text, "%lu lines were lost, as nothing read the log", lost);
		struct log_line gap = {.level = LOG_LEVEL_WARNING, .name = "quoted", .text = text};
		format_line(&gap, &out);
	}
	lost = 0;
	format_line(line, &out);
	put_text(&out);
	buffer_finish(&out);
}

static void start_timer(void)
{
	double due = log_repeats_due(&repeats);
	if (due < 0 || ev_is_active(&flush_timer))
		return;
	double after = due - metrics_clock();
	ev_timer_set(&flush_timer, after > 0 ? after : 0, 0);
	ev_timer_start(attached, &flush_timer);
}

static void on_timer(struct ev_loop *loop, ev_timer *timer, int events)
{
	(void)loop, (void)timer, (void)events;
	log_repeats_flush(&repeats, metrics_clock(), false);
	start_timer();
}

void log_attach(struct ev_loop *loop)
{
	attached = loop;
	ev_timer_init(&flush_timer, on_timer, 0, 0);
}

void log_detach(void)
{
	if (attached == NULL)
		return;
	ev_timer_stop(attached, &flush_timer);
	attached = NULL;
	log_repeats_flush(&repeats, metrics_clock(), true);
}

static bool is_held_back(const struct log_line *line, const char *format)
{
	if (attached == NULL || line->level == LOG_LEVEL_DEBUG ||
		log_repeats_take(&repeats, line, format, metrics_clock()))
		return false;
	start_timer();
	return true;
}

void log_write(enum log_level level, const char *name, const char *format, ...)
{
	char text[2048];
	va_list arguments;
	if (level > chosen.level)
		return;
	va_start(arguments, format);
	int length = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	struct log_line line = {.level = level, .name = name, .text = text};
	if (length >= 0 && !is_held_back(&line, format))
		put_line(&line);
}

void log_address(const struct address *peer, char ret_text[ADDRESS_TEXT_SIZE])
{
	if (chosen.full_addresses)
		address_format(peer, ret_text);
	else
		address_format_prefix(peer, ret_text);
}

void log_host(const struct address *peer, char ret_text[ADDRESS_TEXT_SIZE])
{
	struct address shown = chosen.full_addresses ? *peer : address_shorten(peer);
	address_format_host(&shown, ret_text);
}

void log_shorten_mailbox(char *text, size_t size, const char *mailbox)
{
	const char *at = strrchr(mailbox, '@');
	if (chosen.full_addresses || at == NULL || at == mailbox)
		return;
	size_t local = (size_t)(at - mailbox);
	size_t visible = utf8_visible(mailbox, local);
	size_t kept = visible > 0 ? visible : 1;
	struct buffer shown = {0};
	const char *rest = text;
	for (const char *found; (found = strcasestr(rest, mailbox)) != NULL; rest = found + local) {
		buffer_append(&shown, rest, (size_t)(found - rest) + kept);
		buffer_add(&shown, "\xe2\x80\xa6");
	}
	buffer_add(&shown, rest);
	snprintf(text, size, "%s", shown.data);
	buffer_finish(&shown);
}

void log_warnings(const char *name, struct strings *list)
{
	for (size_t i = 0; i < list->count; i++)
		log_warning(name, "%s", list->items[i]);
	strings_finish(list);
}

void log_passed_over(const char *name, const struct strings *list)
{
	size_t named = list->count < LOG_PASSED_OVER_MAX ? list->count : LOG_PASSED_OVER_MAX;
	size_t more = list->count - named;
	for (size_t i = 0; i < named; i++)
		log_info(name, "passed over: %s", list->items[i]);
	if (more > 0)
		log_info(name, "passed over: %zu more file%s; 'quoted check' names all", more,
			more == 1 ? "" : "s");
}
