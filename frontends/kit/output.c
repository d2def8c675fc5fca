#include "frontends/kit/output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"

/* The stream remembers that it failed, not why. */
static void note(struct output *output, bool success)
{
	if (!success && output->failure == 0)
		output->failure = errno != 0 ? errno : EIO;
}

void output_add(struct output *output, const char *text)
{
	if (output->failure == 0)
		note(output, fputs(text, output->file) >= 0);
}

void output_format(struct output *output, const char *format, ...)
{
	va_list arguments;
	if (output->failure != 0)
		return;
	va_start(arguments, format);
	note(output, vfprintf(output->file, format, arguments) >= 0);
	va_end(arguments);
}

void output_foreign(struct output *output, const char *text)
{
	struct buffer escaped = {0};
	utf8_escape(text, &escaped);
	if (escaped.length > 0)
		output_add(output, escaped.data);
	buffer_finish(&escaped);
}

void output_line(struct output *output, const char *format, ...)
{
	va_list arguments;
	char *line = NULL;
	va_start(arguments, format);
	mem_check(vasprintf(&line, format, arguments) >= 0 ? line : NULL);
	va_end(arguments);
	output_foreign(output, line);
	output_add(output, "\n");
	free(line);
}

void output_json(struct output *output, struct json_writer *value)
{
	struct buffer line = {0};
	json_writer_line(value, &line);
	output_add(output, line.data);
	buffer_finish(&line);
}

void output_time(struct output *output, time_t when)
{
	struct tm parts;
	char text[32];
	if (localtime_r(&when, &parts) != NULL && strftime(text, sizeof text, "%F %T", &parts) > 0)
		output_add(output, text);
}

bool output_flush(struct output *output, struct error *reterr)
{
	if (output->failure == 0)
		note(output, fflush(output->file) == 0);
	if (output->failure != 0)
		error_set(reterr, "standard output: %s", strerror(output->failure));
	return output->failure == 0;
}
