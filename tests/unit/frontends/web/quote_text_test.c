#include "frontends/web/quote_text.h"

#include <string.h>

#include <criterion/criterion.h>

Test(quote_text, has_an_address)
{
	char path[QUOTE_TEXT_PATH_SIZE];
	quote_text_path(1, ".html", path);
	cr_expect_str_eq(path, "q/000000000001.html");
	quote_text_path((UINT64_C(1) << QUOTE_ID_BITS) - 1, "", path);
	cr_expect_str_eq(path, "q/zzzzzzzzzzzz");
}

Test(quote_text, several_are_parted)
{
	static const struct quote quotes[] = {
		{.text = "one\n    -- A", .length = 12}, {.text = "two", .length = 3}};
	struct buffer out = {0};
	buffer_add(&out, "");
	quote_text_write_all(quotes, 0, &out);
	cr_expect_str_eq(out.data, "");
	quote_text_write_all(quotes, 2, &out);
	cr_expect_str_eq(out.data, "one\n    -- A\n%\ntwo\n");
	buffer_finish(&out);
}
