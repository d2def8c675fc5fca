#include "frontends/mail/charset_label.h"

#include <criterion/criterion.h>
#include <string.h>

Test(charset_label, is_a_name_that_iconv_knows)
{
	static const struct {
		const char *label;
		const char *name;
	} rows[] = {
		{"UTF-8", "utf-8"},
		{"koi8-r", "koi8-r"},
		{"Windows-1251", "cp1251"},
		{"win-1251", "cp1251"},
		{"x-cp1250", "cp1250"},
		{"x-windows-949", "cp949"},
		{"IBM866", "cp866"},
		{"cp-437", "cp437"},
		{"dos-874", "cp874"},
		{"windows-31j", "cp932"},
		{"Shift_JIS", "cp932"},
		{"MS932", "cp932"},
		{"x-x-big5", "big5"},
		{"x-euc-jp", "euc-jp-ms"},
		{"cp50221", "iso-2022-jp"},
		{"ks_c_5601-1987", "cp949"},
		{"GB2312", "gb18030"},
		{"x-gbk", "gb18030"},
		{"iso-8859-8-i", "iso-8859-8"},
		{"logical", "iso-8859-8"},
		{"ISO-8859-1", "cp1252"},
		{"x-mac-roman", "macintosh"},
		{"x-mac-cyrillic", "mac-cyrillic"},
		{"US-ASCII", "unknown-8bit"},
		{"x-unknown", "unknown"},
		{"x-", "x-"},
		{"", ""},
		{"window-1251", "window-1251"},
		{"cp12", "cp12"},
		{"cp123456", "cp123456"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char name[CHARSET_LABEL_SIZE];
		charset_label_read(rows[i].label, strlen(rows[i].label), name);
		cr_expect_str_eq(name, rows[i].name, "%s: %s", rows[i].label, name);
	}
}

Test(charset_label, is_cut)
{
	char name[CHARSET_LABEL_SIZE];
	char longest[200];
	memset(longest, 'a', sizeof longest);
	charset_label_read(longest, sizeof longest, name);
	cr_expect_eq(strlen(name), CHARSET_LABEL_SIZE - 1);
	charset_label_read("utf-8*fr", 5, name);
	cr_expect_str_eq(name, "utf-8");
}
