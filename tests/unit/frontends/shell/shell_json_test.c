#include "frontends/shell/shell_json.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/support/quotes.h"
#include "tests/support/scratch.h"

#define MENDED(escapes, tabs)                                                                      \
	"\"mended\":{\"blank\":0,\"comments\":0,\"undecodable\":0,\"escapes\":" escapes ","        \
	"\"controls\":0,\"overstrikes\":0,\"tabs\":" tabs ",\"trailing_blanks\":0,"                \
	"\"carriage_returns\":0,\"breaks\":0,\"marks\":0}}\n"

Test(shell_json, is_a_line_for_each, .init = scratch_enter, .fini = scratch_leave)
{
	static char german[] = "de";
	struct quotes quotes = {0};
	struct buffer out = {0};
	scratch_write("file", "a\tb\n%\n\x1b[1mc\x1b[0m\n%\nd\n", 20);
	quotes_add(&quotes, "files", "fortune:file");
	quotes_add(&quotes, "files", "static:d");
	struct collection_options *live = quotes_add(&quotes, "live", "command:echo \"x\"");
	live->is_private = true;
	live->language = german;
	const struct library *library = quoter_library(quotes_open(&quotes));
	shell_json_file(&out, library, &library->files[0], 37.5);
	cr_expect_str_eq(out.data,
		"{\"collection\":\"files\",\"private\":false,\"file\":\"file\",\"path\":\"file\","
		"\"language\":null,\"format\":\"fortune\",\"charset\":\"UTF-8\","
		"\"delimiter\":\"%\",\"rot13\":false,\"table\":\"none\","
		"\"quotes\":3,\"duplicates\":0,\"share\":37.5," MENDED("2", "1"));
	buffer_clear(&out);
	shell_json_command(&out, &library->collections->items[1], 0);
	cr_expect_str_eq(out.data, "{\"collection\":\"live\",\"private\":true,\"command\":"
				   "\"echo \\\"x\\\"\",\"language\":\"de\",\"share\":0}\n");
	buffer_finish(&out);
	quotes_finish(&quotes);
}
