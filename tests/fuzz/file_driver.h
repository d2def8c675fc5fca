/* What the fuzzers of files of quotes have in common: a file on disk, read as a whole and in small
 * chunks, with the same quotes. */
#ifndef QUOTED_TESTS_FUZZ_FILE_DRIVER_H
#define QUOTED_TESTS_FUZZ_FILE_DRIVER_H

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/utf8.h"
#include "core/formats/quote_fields.h"
#include "core/library/notes.h"
#include "core/sources/file_source.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char file_driver_directory[] = "/tmp/quote_file_fuzz.XXXXXX";

static void file_driver_leave(void)
{
	unlink("text");
	unlink("text.dat");
	if (chdir("/") == 0)
		rmdir(file_driver_directory);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	if (mkdtemp(file_driver_directory) == NULL || chdir(file_driver_directory) != 0 ||
		atexit(file_driver_leave) != 0)
		abort();
	return 0;
}

static void file_driver_write(const char *name, const uint8_t *data, size_t size)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd) != 0)
		abort();
}

/* Checks that a quote is as struct quote requires. */
static bool file_driver_on_quote(void *data, const char *text, size_t length, size_t line)
{
	if (length == 0 || line == 0 || !utf8_is_valid(text, length) || text[length - 1] == '\n')
		abort();
	for (size_t i = 0; i < length; i++)
		if (((unsigned char)text[i] < ' ' && text[i] != '\n') || text[i] == 0x7F)
			abort();
	buffer_append(data, text, length);
	buffer_append(data, "", 1);
	return true;
}

/* Checks that tags are as struct quote requires. */
static void file_driver_on_tags(void *data, const char *tags)
{
	size_t length, count = 0;
	const char *tag, *rest = tags;
	if (!utf8_is_valid(tags, strlen(tags)) || strpbrk(tags, ";\"\n\t\x1B\x7F") != NULL)
		abort();
	while ((tag = notes_next_tag(&rest, &length)) != NULL)
		if (length == 0 || length > QUOTE_FIELDS_TAG_OCTETS || *tag == ' ' ||
			tag[length - 1] == ' ' || ++count > QUOTE_FIELDS_TAGS_MAX)
			abort();
	if (count == 0 || tags[strlen(tags) - 1] == ',')
		abort();
	buffer_append(data, tags, strlen(tags) + 1);
}

static void file_driver_on_restart(void *data)
{
	buffer_clear(data);
}

static void file_driver_on_anomaly(void *data, size_t line, const char *what)
{
	(void)data, (void)line, (void)what;
}

static bool file_driver_read_by(
	enum format format, size_t chunk, struct quote_file file, struct buffer *out)
{
	struct file_report report;
	struct strings warnings = {0};
	struct error error;
	file.path = "text";
	file.report = &report;
	file.warnings = &warnings;
	file.on_quote = file_driver_on_quote;
	file.on_tags = file_driver_on_tags;
	file.on_restart = file_driver_on_restart;
	file.on_anomaly = chunk > 0 ? file_driver_on_anomaly : NULL;
	file.data = out;
	quote_file_set_chunk(chunk);
	bool success = file_source_read(format, &file, &error);
	strings_finish(&warnings);
	return success;
}

/* Reads the file "text" in both ways, and returns whether it could be read. */
static bool file_driver_compare(enum format format, size_t chunk, const struct quote_file *options)
{
	struct buffer whole = {0}, pieces = {0};
	bool success = file_driver_read_by(format, 0, *options, &whole);
	if (file_driver_read_by(format, chunk, *options, &pieces) != success ||
		whole.length != pieces.length ||
		(whole.length > 0 && memcmp(whole.data, pieces.data, whole.length) != 0))
		abort();
	buffer_finish(&whole);
	buffer_finish(&pieces);
	return success;
}

#endif
