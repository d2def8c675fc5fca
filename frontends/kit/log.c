#include "frontends/kit/log.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "frontends/kit/log_line.h"

static struct log_options options = {.level = LOG_LEVEL_INFO};
static bool started;

void log_start(const struct log_options *wanted)
{
	options = *wanted;
	started = true;
}

/* systemd.exec(5): the variable is inherited, so only the device and the inode tell whether our
 * stderr is still the journal's. */
static bool is_journal(int fd)
{
	uint64_t device;
	uint64_t inode;
	struct stat status;
	const char *stream = getenv("JOURNAL_STREAM");
	return stream != NULL && sscanf(stream, "%" SCNu64 ":%" SCNu64, &device, &inode) == 2 &&
	       fstat(fd, &status) == 0 && status.st_dev == device && status.st_ino == inode;
}

/* With one call: stderr has no buffer of its own, and others may write there too. */
static void put_line(enum log_level level, const char *name, const char *text)
{
	struct log_line line = {.level = level, .name = name, .text = text};
	struct log_line_layout layout = {options.form, started, is_journal(STDERR_FILENO)};
	struct buffer out = {0};
	clock_gettime(CLOCK_REALTIME, &line.time);
	log_line_add(&line, &layout, &out);
	fwrite(out.data, 1, out.length, stderr);
	fflush(stderr);
	buffer_finish(&out);
}

static void write_line(enum log_level level, const char *name, const char *format,
	va_list arguments) __attribute__((format(printf, 3, 0)));

static void write_line(
	enum log_level level, const char *name, const char *format, va_list arguments)
{
	char text[2048];
	if (level > options.level || vsnprintf(text, sizeof text, format, arguments) < 0)
		return;
	put_line(level, name, text);
}

void log_error(const char *name, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	write_line(LOG_LEVEL_ERROR, name, format, arguments);
	va_end(arguments);
}

void log_warning(const char *name, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	write_line(LOG_LEVEL_WARNING, name, format, arguments);
	va_end(arguments);
}

void log_info(const char *name, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	write_line(LOG_LEVEL_INFO, name, format, arguments);
	va_end(arguments);
}

void log_debug(const char *name, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	write_line(LOG_LEVEL_DEBUG, name, format, arguments);
	va_end(arguments);
}

void log_warnings(const char *name, struct strings *list)
{
	for (size_t i = 0; i < list->count; i++)
		log_warning(name, "%s", list->items[i]);
	strings_finish(list);
}
