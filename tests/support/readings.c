#include "tests/support/readings.h"

#include <string.h>

#include "core/sources/file_source.h"
#include "tests/support/scratch.h"

static bool on_quote(void *data, const char *text, size_t length, size_t line)
{
	buffer_format(data, "%zu:%.*s|", line, (int)length, text);
	return true;
}

static void on_restart(void *data)
{
	buffer_clear(data);
	buffer_add(data, "");
}

static void on_anomaly(void *data, size_t line, const char *what)
{
	buffer_format(data, "(%zu %s)", line, what);
}

const char *readings_of(enum format format, const struct quote_file *options, size_t chunk,
	const char *text, struct buffer *out)
{
	struct quote_file file = *options;
	struct file_report report;
	struct strings warnings = {0};
	struct error error = {0};
	file.path = "file";
	file.report = &report;
	file.warnings = &warnings;
	file.on_quote = on_quote;
	file.on_restart = on_restart;
	file.on_anomaly = on_anomaly;
	file.data = out;
	on_restart(out);
	scratch_write("file", text, strlen(text));
	quote_file_set_chunk(chunk);
	if (!file_source_read(format, &file, &error))
		buffer_format(out, "[%s]", error.text);
	quote_file_set_chunk(0);
	for (size_t i = 0; i < warnings.count; i++)
		buffer_format(out, "[%s]", warnings.items[i]);
	strings_finish(&warnings);
	return out->data;
}
