/* links: quoted_core */
#include "core/formats/fortune_file.h"

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
	file_driver_write("text", data + 3 + table, size - 3 - table);
	if (!file_driver_compare(FORMAT_FORTUNE, chunk, &options))
		abort();
	return 0;
}
