/* links: quoted_core */
#include "core/formats/lines_file.h"

#include "core/formats/format_guess.h"
#include "tests/fuzz/file_driver.h"

/* The input is two octets of options and the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const charsets[] = {NULL, "UTF-8", "ISO-8859-1", "EUC-JP"};
	if (size < 2)
		return 0;
	struct quote_file options = {
		.charset = charsets[data[0] % (sizeof charsets / sizeof *charsets)]};
	file_driver_write("text", data + 2, size - 2);
	format_guess("text", (const char *)data + 2, size - 2, data[0] >= 128);
	file_driver_compare(FORMAT_LINES, 1 + data[1] % 64, &options);
	return 0;
}
