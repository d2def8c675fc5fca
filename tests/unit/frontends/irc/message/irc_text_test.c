#include "frontends/irc/message/irc_text.h"

#include <criterion/criterion.h>

static void expect(const char *text, const char *charset, const char *wanted)
{
	struct error error;
	struct decoder *decoder = decode_open(charset, &error);
	struct buffer out = {0};
	cr_assert_not_null(decoder, "%s", error.text);
	irc_text_clean(text, decoder, &out);
	cr_assert_str_eq(
		out.data != NULL ? out.data : "", wanted, "'%s' became '%s'", text, out.data);
	buffer_finish(&out);
	decode_close(decoder);
}

Test(irc_text, drops_what_is_not_text)
{
	static const struct {
		const char *text, *clean;
	} rows[] = {
		{"!today", "!today"},
		{"", ""},
		{"\x02!today\x02", "!today"},
		{"\x1d\x1f\x1e\x11\x16!today\x0f", "!today"},
		{"\x03!today\x03", "!today"},
		{"\x03"
		 "4!today",
			"!today"},
		{"\x03"
		 "04,12!today\x03",
			"!today"},
		{"\x03"
		 "12345",
			"345"},
		{"\x03"
		 "4,!today",
			",!today"},
		{"\x1b[1;31m!today\x1b[0m", "!today"},
		{"\x1b[01;32m\x1b[K!today\x1b[m\x1b[K", "!today"},
		{"\x1b[38:5:9m!today\x1b[?25h", "!today"},
		{"\x1b!today\x1b[", "!today["},
		{"\x1b[31!today", "[31!today"},
		{"\x03,4!today", ",4!today"},
		{"\x04"
		 "FF8800!today\x04",
			"!today"},
		{"\x04"
		 "ff8800,00FF00!today",
			"!today"},
		{"\x04"
		 "ff88 x",
			"ff88 x"},
		{"!to\x02"
		 "day",
			"!today"},
		{"\xc2\xa0!today\xc2\xa0\xc2\xa0", "!today"},
		{"!search\xc2\xa0"
		 "a\xe2\x80\xaf"
		 "b\xe3\x80\x80"
		 "c\td",
			"!search a b c d"},
		{"\xe2\x80\x8b!today\xe2\x80\x8d\xef\xbb\xbf\xe2\x81\xa0", "!today"},
		{"\xe2\x80\xae!today\xc2\xad", "!today"},
		{"\xef\xb8\x8f!today\xe3\x85\xa4\xf3\xa0\x81\xbf\xe1\x85\x9f", "!today"},
		{"\xe2\xa0\x80!today\xe2\xa0\x80x\xe2\x80\xa9", "!today x"},
		{"  \x02  !today  \x02  ", "!today"},
		{"\x01\x7f\xc2\x85x", "x"},
		{"caf\xc3\xa9 \xf0\x9f\x98\x80", "caf\xc3\xa9 \xf0\x9f\x98\x80"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		expect(rows[i].text, "ISO-8859-1", rows[i].clean);
}

Test(irc_text, reads_another_charset)
{
	expect("!search caf\xe9", "ISO-8859-1", "!search caf\xc3\xa9");
	expect("!search caf\xe9\xa0", "ISO-8859-1", "!search caf\xc3\xa9");
	expect("\xa4", "ISO-8859-15", "\xe2\x82\xac");
	expect("\xff\xfe", "ISO-8859-1", "\xc3\xbf\xc3\xbe");
}

/* A full line can be cut within a character. */
Test(irc_text, takes_utf8_that_is_cut_short_for_utf8)
{
	expect("d\xc3\xa9"
	       "caf\xc3",
		"ISO-8859-1",
		"d\xc3\xa9"
		"caf");
	expect("\xe7\x9f\xa5\xe8\x80", "ISO-8859-1", "\xe7\x9f\xa5");
	expect("\xc3\xa9 \x80", "ISO-8859-15", "\xc3\x83\xc2\xa9");
}
