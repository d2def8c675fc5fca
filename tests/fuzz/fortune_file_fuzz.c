/* links: quoted_core */
#include "core/formats/fortune_file.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "core/base/utf8.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char directory[] = "/tmp/fortune_file_fuzz.XXXXXX";

static void leave(void)
{
	unlink("text");
	unlink("text.dat");
	if (chdir("/") == 0)
		rmdir(directory);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	if (mkdtemp(directory) == NULL || chdir(directory) != 0 || atexit(leave) != 0)
		abort();
	return 0;
}

static void write_file(const char *name, const uint8_t *data, size_t size)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd) != 0)
		abort();
}

/* Checks that a quote is as struct quote requires. */
static bool on_quote(void *data, const char *text, size_t length, size_t line)
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

static void on_restart(void *data)
{
	buffer_clear(data);
}

static void on_anomaly(void *data, size_t line, const char *what)
{
	(void)data, (void)line, (void)what;
}

static void read_by(size_t chunk, struct quote_file_reader reader, struct buffer *out)
{
	reader.on_quote = on_quote;
	reader.on_restart = on_restart;
	reader.on_anomaly = chunk > 0 ? on_anomaly : NULL;
	reader.data = out;
	struct file_report report;
	struct strings warnings = {0};
	struct error error;
	quote_file_set_chunk(chunk);
	if (!fortune_file_read("text", &reader, &report, &warnings, &error))
		abort();
	strings_finish(&warnings);
}

/* The input is two octets of options, the size of the .dat file, that file, and the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const charsets[] = {NULL, "UTF-8", "ISO-8859-1", "EUC-JP", "CP1258"};
	struct buffer whole = {0}, pieces = {0};
	if (size < 3)
		return 0;
	struct quote_file_reader reader = {
		.charset = charsets[data[0] % (sizeof charsets / sizeof *charsets)],
		.comments = data[0] >= 128};
	size_t chunk = 1 + data[1] % 64;
	size_t table = data[2] < size - 3 ? data[2] : size - 3;
	unlink("text.dat");
	if (table > 0)
		write_file("text.dat", data + 3, table);
	write_file("text", data + 3 + table, size - 3 - table);
	read_by(0, reader, &whole);
	read_by(chunk, reader, &pieces);
	if (whole.length != pieces.length ||
		(whole.length > 0 && memcmp(whole.data, pieces.data, whole.length) != 0))
		abort();
	buffer_finish(&whole);
	buffer_finish(&pieces);
	return 0;
}
