#include "frontends/mail/charset_label.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Each label has a blank on either side. */
static const struct {
	const char *name;
	const char *labels;
} known[] = {
	{"unknown-8bit", " us-ascii ascii ansi_x3.4-1968 iso646-us cp20127 "},
	{"utf-8", " unicode-1-1-utf-8 cp65001 "},
	{"utf-7", " unicode-1-1-utf-7 cp65000 "},
	{"cp932", " shift_jis shift-jis sjis ms_kanji csshiftjis windows-31j cswindows31j "},
	{"euc-jp-ms", " euc-jp cp51932 "},
	{"iso-2022-jp", " iso-2022-jp-ms cp50220 cp50221 cp50222 "},
	{"cp949", " euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc_5601 ksc5601 korean cp51949 "},
	{"gb18030", " gb2312 gbk gb_2312 gb_2312-80 chinese iso-ir-58 cn-gb cp936 cp54936 "},
	{"big5", " cn-big5 "},
	{"cp1252", " iso-8859-1 iso8859-1 iso_8859-1 latin1 "},
	{"cp1254", " iso-8859-9 iso8859-9 iso_8859-9 latin5 "},
	{"cp874", " tis-620 iso-8859-11 iso8859-11 "},
	{"iso-8859-8", " iso-8859-8-i iso-8859-8-e logical visual "},
	{"macintosh", " mac-roman "},
	{"mac-centraleurope", " mac-ce "},
};

/* "windows-1251", "win1251" and "cp-1251" are all code page 1251. */
static void read_code_page(char name[CHARSET_LABEL_SIZE])
{
	static const char *const words[] = {"windows", "win", "cp", "dos", "ibm", "ms"};
	char number[CHARSET_LABEL_SIZE];
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t length = strlen(words[i]);
		if (strncmp(name, words[i], length) != 0)
			continue;
		length += name[length] == '-' || name[length] == '_';
		size_t digits = strspn(name + length, "0123456789");
		if (digits < 3 || digits > 5 || name[length + digits] != '\0')
			continue;
		snprintf(number, sizeof number, "cp%s", name + length);
		memcpy(name, number, sizeof number);
		return;
	}
}

void charset_label_read(const char *label, size_t length, char ret_name[CHARSET_LABEL_SIZE])
{
	char padded[CHARSET_LABEL_SIZE + 2];
	for (; length > 2 && strncasecmp(label, "x-", 2) == 0; length -= 2)
		label += 2;
	snprintf(ret_name, CHARSET_LABEL_SIZE, "%.*s", (int)length, label);
	for (char *c = ret_name; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	read_code_page(ret_name);
	snprintf(padded, sizeof padded, " %s ", ret_name);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strstr(known[i].labels, padded) != NULL)
			snprintf(ret_name, CHARSET_LABEL_SIZE, "%s", known[i].name);
}
