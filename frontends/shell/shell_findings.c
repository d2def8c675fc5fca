#include "frontends/shell/shell_findings.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

static struct shell_finding *find(
	const struct shell_findings *findings, uint32_t file, const char *what)
{
	for (size_t i = findings->count; i > 0 && findings->items[i - 1].file == file; i--)
		if (strcmp(findings->items[i - 1].what, what) == 0)
			return &findings->items[i - 1];
	return NULL;
}

void shell_findings_add(
	struct shell_findings *findings, uint32_t file, size_t line, const char *what)
{
	struct shell_finding *finding = find(findings, file, what);
	if (finding == NULL) {
		findings->items =
			mem_grow(findings->items, findings->count, sizeof *findings->items);
		finding = &findings->items[findings->count++];
		*finding = (struct shell_finding){file, mem_strdup(what), 0, line};
	}
	finding->count++;
}

/* Whether an earlier file has this kind. */
static bool is_told(const struct shell_findings *findings, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(findings->items[i].what, findings->items[index].what) == 0)
			return true;
	return false;
}

static void print_kind(const struct shell_findings *findings, size_t first,
	const struct library *library, struct output *out)
{
	const struct shell_finding *kind = &findings->items[first];
	size_t count = 0;
	size_t files = 0;
	for (size_t i = first; i < findings->count; i++) {
		if (strcmp(findings->items[i].what, kind->what) != 0)
			continue;
		count += findings->items[i].count;
		files++;
	}
	output_line(out, "%s: %zu in %zu file%s, first %s:%zu", kind->what, count, files,
		files == 1 ? "" : "s", library->files[kind->file].path, kind->line);
}

void shell_findings_print(
	const struct shell_findings *findings, const struct library *library, struct output *out)
{
	for (size_t i = 0; i < findings->count; i++)
		if (!is_told(findings, i))
			print_kind(findings, i, library, out);
}

static struct json_writer *findings_array(const struct shell_findings *findings, uint32_t file)
{
	struct json_writer *array = json_writer_array();
	for (size_t i = 0; i < findings->count; i++) {
		const struct shell_finding *finding = &findings->items[i];
		if (finding->file != file)
			continue;
		struct json_writer *object = json_writer_object();
		json_writer_text(object, "what", finding->what);
		json_writer_count(object, "count", finding->count);
		json_writer_count(object, "line", finding->line);
		json_writer_element(array, object);
	}
	return array;
}

void shell_findings_print_json(
	const struct shell_findings *findings, const struct library *library, struct output *out)
{
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		struct json_writer *object = json_writer_object();
		json_writer_text(object, "path", file->path);
		json_writer_count(object, "quotes", file->count);
		json_writer_count(object, "duplicates", file->duplicates);
		json_writer_member(object, "findings", findings_array(findings, i));
		output_json(out, object);
	}
}

void shell_findings_finish(struct shell_findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		free(findings->items[i].what);
	free(findings->items);
	*findings = (struct shell_findings){0};
}
