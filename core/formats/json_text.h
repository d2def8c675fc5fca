/** Splits JSON (RFC 8259) into the elements of an array or the values of a file of JSON lines,
 * without parsing them. Pure. */
#ifndef QUOTED_CORE_FORMATS_JSON_TEXT_H
#define QUOTED_CORE_FORMATS_JSON_TEXT_H

#include "core/formats/quote_file.h"

/** The octets that a value may have. */
enum { JSON_TEXT_VALUE_MAX = 1048576 };

/** Where the walk is. */
enum json_text_place {
	JSON_TEXT_PLACE_START,  /* of the file */
	JSON_TEXT_PLACE_VALUES, /* between values that are in no array */
	JSON_TEXT_PLACE_VALUE,  /* before an element of the array */
	JSON_TEXT_PLACE_COMMA,  /* behind an element */
	JSON_TEXT_PLACE_END,    /* behind the array */
};

/** A walk over the text. Set the first field and leave the rest 0. */
struct json_text {
	struct quote_file_window *window; /* borrowed */

	enum json_text_place place;
	bool is_inside; /* a value */
	bool in_string;
	bool is_escaped; /* the next octet of the string */
	char previous;   /* octet */
	size_t depth;    /* of brackets and braces in the value */
};

/** What json_text_next() found. */
enum json_text_result {
	JSON_TEXT_RESULT_VALUE,
	JSON_TEXT_RESULT_MORE, /* the text ends before the next value does, or after the last */
	JSON_TEXT_RESULT_BAD,  /* it is malformed */
};

/**
 * Finds the next value: an element of the array that the text begins with, or else any value, with
 * blanks or line ends between them. A string still has its quotation marks. A comma may follow the
 * last element. If the text is malformed, sets \p ret_value->line and \p ret_reason.
 */
enum json_text_result json_text_next(
	struct json_text *walk, struct quote_file_piece *ret_value, const char **ret_reason);

#endif
