#include "frontends/kit/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static void put_escaped(const char *text, FILE *out)
{
	size_t left = strlen(text);
	while (left > 0) {
		size_t length = utf8_visible(text, left);
		if (length > 0) {
			fwrite(text, 1, length, out);
		} else {
			length = 1;
			fprintf(out, "\\x%02X", (unsigned char)*text);
		}
		text += length;
		left -= length;
	}
}

/* systemd sets JOURNAL_STREAM if stderr goes to the journal, which adds the time itself. */
static void put_time(FILE *out)
{
	if (getenv("JOURNAL_STREAM") != NULL)
		return;
	time_t now = time(NULL);
	struct tm utc;
	char text[32];
	if (gmtime_r(&now, &utc) != NULL &&
		strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ ", &utc) > 0)
		fputs(text, out);
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
	flockfile(stderr);
	if (started) {
		put_time(stderr);
		fprintf(stderr, "%s ", words[level]);
	}
	put_escaped(name, stderr);
	fputs(!started && level == LOG_LEVEL_WARNING ? ": warning: " : ": ", stderr);
	put_escaped(text, stderr);
	fputc('\n', stderr);
	fflush(stderr);
	funlockfile(stderr);
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
