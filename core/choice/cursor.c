#include "core/choice/cursor.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void cursor_format(uint64_t id, uint32_t position, char ret_text[CURSOR_TEXT_SIZE])
{
	quote_id_format(id, ret_text);
	snprintf(ret_text + QUOTE_ID_LENGTH, CURSOR_TEXT_SIZE - QUOTE_ID_LENGTH, "-%" PRIu32,
		position);
}

static bool parse_position(const char *text, uint32_t *ret_position)
{
	uint64_t value = 0;
	size_t length = strlen(text);
	if (length == 0 || length > sizeof "4294967295" - 1 || strspn(text, "0123456789") < length)
		return false;
	for (; *text != '\0'; text++)
		value = value * 10 + (uint64_t)(*text - '0');
	*ret_position = (uint32_t)value;
	return value <= UINT32_MAX;
}

bool cursor_parse(const char *text, uint64_t *ret_id, uint32_t *ret_position)
{
	char id[QUOTE_ID_LENGTH + 1];
	uint64_t last;
	if (strnlen(text, QUOTE_ID_LENGTH + 1) <= QUOTE_ID_LENGTH || text[QUOTE_ID_LENGTH] != '-')
		return false;
	memcpy(id, text, QUOTE_ID_LENGTH);
	id[QUOTE_ID_LENGTH] = '\0';
	return quote_id_parse(id, ret_id, &last) &&
	       parse_position(text + QUOTE_ID_LENGTH + 1, ret_position);
}
