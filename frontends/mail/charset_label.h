/** The names that mail programs have for charsets. Pure. */
#ifndef QUOTED_FRONTENDS_MAIL_CHARSET_LABEL_H
#define QUOTED_FRONTENDS_MAIL_CHARSET_LABEL_H

#include <stddef.h>

/** Room for a name with its NUL; longer ones are cut. */
enum { CHARSET_LABEL_SIZE = 64 };

/**
 * Writes the name under which iconv has the charset that a mail program calls \p label, of \p
 * length octets: "cp1251" for "windows-1251" or "win-1251", "gb18030" for "x-gbk". If Windows
 * calls a larger charset by the name of a smaller one, such as Shift_JIS, it is the larger one
 * (Encoding Standard 4.2). US-ASCII becomes "unknown-8bit" (RFC 1428), as text with other octets is
 * not US-ASCII. A label that is not known is written as it is, in small letters.
 */
void charset_label_read(const char *label, size_t length, char ret_name[CHARSET_LABEL_SIZE]);

#endif
