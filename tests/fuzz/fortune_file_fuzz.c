/* links: quoted_core */
#include "core/formats/fortune_file.h"

#include "core/formats/fortune_probe.h"
#include "tests/fuzz/file_driver.h"

/* Nothing is read of a file that is passed over. */
static void on_other(void *data, const char *reason)
{
	struct buffer *out = data;
	if (out->length > 0 || *reason == '\0')
		abort();
	buffer_add(out, reason);
}

/* The input is two octets of options, the size of the .dat file, that file, and the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const charsets[] = {NULL, "UTF-8", "ISO-8859-1", "EUC-JP", "CP1258"};
	if (size < 3)
		return 0;
	struct quote_file options = {
		.charset = charsets[data[0] % (sizeof charsets / sizeof *charsets)],
		.comments = data[0] >= 128,
		.on_other = data[1] >= 128 ? on_other : NULL};
	size_t chunk = 1 + data[1] % 64;
	size_t table = data[2] < size - 3 ? data[2] : size - 3;
	unlink("text.dat");
	if (table > 0)
		file_driver_write("text.dat", data + 3, table);
	const char *text = (const char *)data + 3 + table;
	size_t length = size - 3 - table;
	file_driver_write("text", (const uint8_t *)text, length);
	bool was_read = file_driver_compare(FORMAT_FORTUNE, chunk, &options);
	/* The mark is not part of the text. */
	size_t mark = length > 2 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	if (!was_read && !fortune_probe_is_binary(text + mark, length - mark))
		abort();
	return 0;
}
