#include "frontends/kit/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/base/utf8.h"

static const char *const words[] = {
	[LOG_LEVEL_ERROR] = "error",
	[LOG_LEVEL_WARNING] = "warning",
	[LOG_LEVEL_INFO] = "info",
	[LOG_LEVEL_DEBUG] = "debug",
};

static enum log_level threshold = LOG_LEVEL_INFO;
static bool started;

void log_start(enum log_level level)
{
	threshold = level;
	started = true;
}

bool log_level_parse(const char *word, enum log_level *ret_level)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(word, words[i]) == 0) {
			*ret_level = (enum log_level)i;
			return true;
		}
	}
	return false;
}

static void add_escaped(struct buffer *line, const char *text)
{
	size_t left = strlen(text);
	while (left > 0) {
		size_t length = utf8_visible(text, left);
		if (length > 0) {
			buffer_append(line, text, length);
		} else {
			length = 1;
			buffer_format(line, "\\x%02X", (unsigned)(unsigned char)*text);
		}
		text += length;
		left -= length;
	}
}

/* systemd sets JOURNAL_STREAM if stderr goes to the journal, which adds the time itself. */
static void add_time(struct buffer *line)
{
	if (getenv("JOURNAL_STREAM") != NULL)
		return;
	time_t now = time(NULL);
	struct tm utc;
	char text[32];
	if (gmtime_r(&now, &utc) != NULL &&
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ ", &utc) > 0)
		buffer_add(line, text);
}

static void write_line(enum log_level level, const char *name, const char *format,
	va_list arguments) __attribute__((format(printf, 3, 0)));

static void write_line(
	enum log_level level, const char *name, const char *format, va_list arguments)
{
	if (level > threshold)
		return;
	char text[2048];
	if (vsnprintf(text, sizeof text, format, arguments) < 0)
		return;
	struct buffer line = {0};
	if (started) {
		add_time(&line);
		buffer_format(&line, "%s ", words[level]);
	}
	add_escaped(&line, name);
	buffer_add(&line, !started && level == LOG_LEVEL_WARNING ? ": warning: " : ": ");
	add_escaped(&line, text);
	buffer_add(&line, "\n");
	/* At once: stderr has no buffer of its own, and others may write there too. */
	fwrite(line.data, 1, line.length, stderr);
	fflush(stderr);
	buffer_finish(&line);
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
