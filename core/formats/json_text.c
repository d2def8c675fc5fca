#include "core/formats/json_text.h"

#include <string.h>

static bool is_blank(char octet)
{
	/* With the end of a file under DOS. */
	return octet == ' ' || octet == '\t' || octet == '\n' || octet == '\r' || octet == '\x1A';
}

static void advance(struct json_text *walk)
{
	char octet = walk->window->text[walk->window->position++];
	walk->window->lines += octet == '\r' || (octet == '\n' && walk->previous != '\r');
	walk->previous = octet;
}

static void pass_in_string(struct json_text *walk, char octet)
{
	if (walk->is_escaped)
		walk->is_escaped = false;
	else if (octet == '\\')
		walk->is_escaped = true;
	else if (octet == '"')
		walk->in_string = false;
}

/* Goes to the end of the value, and returns whether it is there. */
static bool pass_value(struct json_text *walk)
{
	while (walk->window->position < walk->window->length) {
		char octet = walk->window->text[walk->window->position];
		bool was_string = walk->in_string;
		bool closes = !was_string && (octet == ']' || octet == '}');
		bool opens = !was_string && (octet == '[' || octet == '{');
		/* What ends a number or a word is not part of it. */
		if (walk->depth == 0 && !was_string && (closes || octet == ',' || is_blank(octet)))
			return true;
		if (was_string)
			pass_in_string(walk, octet);
		else
			walk->in_string = octet == '"';
		walk->depth += opens;
		walk->depth -= closes;
		advance(walk);
		if (walk->depth == 0 && !walk->in_string && (was_string || closes))
			return true;
	}
	return walk->window->at_end && walk->depth == 0 && !walk->in_string;
}

static enum json_text_result bad(const struct json_text *walk, const char *reason,
	struct quote_file_piece *ret_value, const char **ret_reason)
{
	ret_value->line = (walk->is_inside ? walk->window->start_line : walk->window->lines) + 1;
	*ret_reason = reason;
	return JSON_TEXT_RESULT_BAD;
}

static enum json_text_result end_value(
	struct json_text *walk, struct quote_file_piece *ret_value, const char **ret_reason)
{
	bool ended = pass_value(walk);
	size_t length = walk->window->position - walk->window->start;
	if (length > JSON_TEXT_VALUE_MAX)
		return bad(walk, "the value that begins here is longer than 1 MiB; split it",
			ret_value, ret_reason);
	if (!ended && walk->window->at_end)
		return bad(walk, "the value that begins here has no end", ret_value, ret_reason);
	if (!ended)
		return JSON_TEXT_RESULT_MORE;
	*ret_value = quote_file_cut(walk->window, walk->window->position);
	walk->is_inside = false;
	return JSON_TEXT_RESULT_VALUE;
}

/* Takes the octet between two values, and returns what is wrong with it, or NULL. */
static const char *pass_between(struct json_text *walk, char octet)
{
	enum json_text_place place = walk->place;
	if (place == JSON_TEXT_PLACE_END)
		return "text follows the end of the array";
	if (place == JSON_TEXT_PLACE_START && octet == '[') {
		walk->place = JSON_TEXT_PLACE_VALUE;
	} else if (place != JSON_TEXT_PLACE_VALUES && place != JSON_TEXT_PLACE_START &&
		   octet == ']') {
		walk->place = JSON_TEXT_PLACE_END;
	} else if (place == JSON_TEXT_PLACE_COMMA) {
		if (octet != ',')
			return "a comma or the end of the array is missing before this";
		walk->place = JSON_TEXT_PLACE_VALUE;
	} else if (place == JSON_TEXT_PLACE_VALUES && octet == ',') {
		return "a comma separates the values of an array, but none has begun; put [ before "
		       "the first value and ] behind the last";
	} else if (octet == ',' || octet == ']' || octet == '}') {
		return "a value is missing before this";
	} else if (octet == '/') {
		return "JSON has no comments; remove the one that begins here";
	} else {
		walk->place = place == JSON_TEXT_PLACE_VALUE ? JSON_TEXT_PLACE_COMMA
							     : JSON_TEXT_PLACE_VALUES;
		walk->is_inside = true;
		walk->window->start = walk->window->position;
		walk->window->start_line = walk->window->lines;
		return NULL;
	}
	advance(walk);
	return NULL;
}

enum json_text_result json_text_next(
	struct json_text *walk, struct quote_file_piece *ret_value, const char **ret_reason)
{
	while (!walk->is_inside && walk->window->position < walk->window->length) {
		char octet = walk->window->text[walk->window->position];
		const char *wrong = NULL;
		if (is_blank(octet))
			advance(walk);
		else
			wrong = pass_between(walk, octet);
		if (wrong != NULL)
			return bad(walk, wrong, ret_value, ret_reason);
	}
	if (walk->is_inside)
		return end_value(walk, ret_value, ret_reason);
	walk->window->start = walk->window->position;
	if (walk->window->at_end &&
		(walk->place == JSON_TEXT_PLACE_VALUE || walk->place == JSON_TEXT_PLACE_COMMA))
		return bad(walk, "the array has no end", ret_value, ret_reason);
	return JSON_TEXT_RESULT_MORE;
}
