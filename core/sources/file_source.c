#include "core/sources/file_source.h"

#include <stdlib.h>
#include <string.h>

#include "core/formats/csv_file.h"
#include "core/formats/format_guess.h"
#include "core/formats/fortune_file.h"
#include "core/formats/fortune_name.h"
#include "core/formats/fortune_probe.h"
#include "core/formats/json_file.h"
#include "core/formats/lines_file.h"
#include "core/sources/file_state.h"

/* Text of another format can still be lines, so it is only named; a spreadsheet is refused, so that
 * what was served before stays. fortune_file does this itself, as delimiters count there. */
static bool check_text(struct quote_file *file, struct error *reterr)
{
	struct buffer begin = {0};
	bool success = quote_file_peek(file, &begin, reterr);
	char *what = success ? fortune_probe_other(begin.data, begin.length) : NULL;
	bool is_refused = success && !fortune_probe_is_readable(begin.data, begin.length);
	if (is_refused)
		error_set(reterr, "%s%s", file->path, what);
	else if (what != NULL)
		quote_file_warn(file, what);
	free(what);
	buffer_finish(&begin);
	return success && !is_refused;
}

bool file_source_read(enum format format, struct quote_file *file, struct error *reterr)
{
	static bool (*const formats[FORMAT_COUNT])(
		struct quote_file * file, struct error * reterr) = {
		[FORMAT_FORTUNE] = fortune_file_read,
		[FORMAT_LINES] = lines_file_read,
		[FORMAT_JSON] = json_file_read,
		[FORMAT_CSV] = csv_file_read,
	};
	bool success = quote_file_open(file, reterr) &&
		       (format == FORMAT_FORTUNE || check_text(file, reterr)) &&
		       formats[format](file, reterr);
	file->report->format = format;
	quote_file_finish(file);
	return success;
}

static bool on_quote(void *data, const char *text, size_t length, size_t line)
{
	(void)line;
	return loader_add(data, text, length);
}

static void on_former_id(void *data, const char *id, size_t length)
{
	struct library *library = ((struct loader *)data)->library;
	notes_add_former_id(
		&library->notes, id, length, library->store.quotes[library->store.count - 1].id);
}

static void on_tags(void *data, const char *tags)
{
	struct library *library = ((struct loader *)data)->library;
	notes_add_tags(&library->notes, tags, library->store.quotes[library->store.count - 1].id);
}

static void on_restart(void *data)
{
	loader_empty_file(data);
}

static void on_other(void *data, const char *reason)
{
	loader_pass_over(data, reason);
}

bool file_source_load(
	enum format format, struct loader *loader, const char *path, struct error *reterr)
{
	struct quote_file file = {
		.path = path,
		.warnings = loader->warnings,
		.charset = loader->collection->charset,
		.comments = loader->collection->comments,
		.cancel = loader->cancel,
		.on_quote = on_quote,
		.on_former_id = loader->only_counts ? NULL : on_former_id,
		.on_tags = loader->only_counts ? NULL : on_tags,
		.on_restart = on_restart,
		.on_other = loader->in_directory ? on_other : NULL,
		.data = loader,
	};
	/* A file of a directory that is not of quotes by its name may change. */
	if (!loader->in_directory || fortune_name_other(strrchr(path, '/') + 1) == NULL)
		file_state_add(loader, path);
	if (!loader_wants(loader, path))
		return true;
	file.report = &loader_begin_file(loader, path)->report;
	size_t count;
	if (loader->only_counts && format == FORMAT_FORTUNE && fortune_file_count(path, &count))
		return loader_add_unread(loader, count);
	if (file_source_read(format, &file, reterr))
		return true;
	loader_empty_file(loader);
	return false;
}

enum format file_source_guess(const char *path)
{
	struct file_report report;
	struct quote_file file = {.path = path, .report = &report};
	struct buffer begin = {0};
	struct error error;
	enum format format = FORMAT_FORTUNE;
	if (quote_file_open(&file, &error) && quote_file_peek(&file, &begin, &error))
		format = format_guess(path, begin.data, begin.length, file.size <= QUOTE_FILE_PEEK);
	quote_file_finish(&file);
	buffer_finish(&begin);
	return format;
}

static bool load(enum format format, const char *name, struct loader *loader, struct error *reterr)
{
	struct error error;
	if (loader_is_cancelled(loader) || file_source_load(format, loader, name, &error))
		return true;
	error_set(reterr, "%s:%s", format_name(format), error.text);
	return false;
}

bool file_source_load_lines(const char *name, struct loader *loader, struct error *reterr)
{
	return load(FORMAT_LINES, name, loader, reterr);
}

bool file_source_load_json(const char *name, struct loader *loader, struct error *reterr)
{
	return load(FORMAT_JSON, name, loader, reterr);
}

bool file_source_load_csv(const char *name, struct loader *loader, struct error *reterr)
{
	return load(FORMAT_CSV, name, loader, reterr);
}
