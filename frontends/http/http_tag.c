#include "frontends/http/http_tag.h"

#include <stdlib.h>
#include <string.h>

/* Digits of the hash, which ends in a hyphen, and at most of the length. */
enum { HASH_DIGITS = 16, LENGTH_DIGITS = 8 };

/* snprintf() takes five times as long. */
static char *add_hex(char *text, uint64_t number, int least)
{
	if (number > 15 || least > 1)
		text = add_hex(text, number >> 4, least - 1);
	*text = "0123456789abcdef"[number & 15];
	return text + 1;
}

void http_tag_format(uint64_t hash, size_t length, char ret_tag[HTTP_TAG_SIZE])
{
	char *end = add_hex(stpcpy(ret_tag, "W/\""), hash, HASH_DIGITS);
	stpcpy(add_hex(stpcpy(end, "-"), length, 1), "\"");
}

/* Of a tag up to its closing quotation mark. */
static bool read_length(const char *text, size_t *ret_length)
{
	size_t digits = strspn(text, "0123456789abcdef");
	if (digits == 0 || digits > LENGTH_DIGITS || text[digits] != '"')
		return false;
	*ret_length = (size_t)strtoul(text, NULL, 16);
	return true;
}

bool http_tag_match(const char *field, uint64_t hash, size_t *ret_length)
{
	char wanted[HASH_DIGITS + 2];
	*ret_length = SIZE_MAX;
	if (field == NULL)
		return false;
	if (strcmp(field, "*") == 0)
		return true;
	stpcpy(add_hex(wanted, hash, HASH_DIGITS), "-");
	for (;;) {
		field += strspn(field, " \t,");
		field += strncmp(field, "W/", 2) == 0 ? 2 : 0;
		const char *end = field[0] == '"' ? strchr(field + 1, '"') : NULL;
		if (end == NULL)
			return false;
		if (strncmp(field + 1, wanted, HASH_DIGITS + 1) == 0 &&
			read_length(field + 1 + HASH_DIGITS + 1, ret_length))
			return true;
		field = end + 1;
	}
}
