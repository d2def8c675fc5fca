#include "core/library/quote_id.h"

#include <ctype.h>
#include <string.h>

#include "core/base/hash.h"

enum { LETTER_BITS = 5, HASH_BITS = 64 };

static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

uint64_t quote_id_of(const char *text, size_t length)
{
	return hash_octets(text, length, 0) >> (HASH_BITS - QUOTE_ID_BITS);
}

void quote_id_format(uint64_t id, char ret_text[QUOTE_ID_LENGTH + 1])
{
	for (int i = QUOTE_ID_LENGTH - 1; i >= 0; i--, id >>= LETTER_BITS)
		ret_text[i] = letters[id & 31];
	ret_text[QUOTE_ID_LENGTH] = '\0';
}

/* Returns 0 to 31, or -1 if an id cannot have that letter. */
static int value_of(char letter)
{
	int lower = tolower((unsigned char)letter);
	if (lower == 'i' || lower == 'l')
		return 1;
	if (lower == 'o')
		return 0;
	const char *found = lower != '\0' ? strchr(letters, lower) : NULL;
	return found != NULL ? (int)(found - letters) : -1;
}

bool quote_id_parse(const char *text, uint64_t *ret_first, uint64_t *ret_last)
{
	size_t length = strnlen(text, QUOTE_ID_LENGTH + 1);
	if (length < QUOTE_ID_PREFIX_MIN || length > QUOTE_ID_LENGTH)
		return false;
	uint64_t id = 0;
	for (size_t i = 0; i < length; i++) {
		int value = value_of(text[i]);
		if (value < 0)
			return false;
		id = id << LETTER_BITS | (uint64_t)value;
	}
	unsigned rest = (unsigned)(QUOTE_ID_BITS - LETTER_BITS * length);
	*ret_first = id << rest;
	*ret_last = *ret_first | ((UINT64_C(1) << rest) - 1);
	return true;
}

int quote_id_common(uint64_t left, uint64_t right)
{
	int common = 0;
	for (int shift = QUOTE_ID_BITS - LETTER_BITS; shift >= 0; shift -= LETTER_BITS, common++)
		if (((left ^ right) >> shift & 31) != 0)
			break;
	return common;
}
