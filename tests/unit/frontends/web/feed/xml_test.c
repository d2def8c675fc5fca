#include "frontends/web/feed/xml.h"

#include <criterion/criterion.h>

Test(xml, mends_what_no_document_may_have)
{
	static const struct {
		const char *text, *mended;
	} rows[] = {
		{"", ""},
		{"plain <b>\t\r\n", "plain <b>\t\r\n"},
		{"a\x01\x1F", "a  "},
		{"\xEF\xBF\xBE\xEF\xBF\xBF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
		{"\xEF\xBF\xBD\xEF\xBC\x9F", "\xEF\xBF\xBD\xEF\xBC\x9F"},
		{"\xEF\xBF", "\xEF\xBF"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer text = {0};
		buffer_add(&text, rows[i].text);
		xml_mend(&text);
		cr_expect_str_eq(text.data, rows[i].mended);
		buffer_finish(&text);
	}
}
