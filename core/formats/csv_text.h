/** Splits CSV (RFC 4180) into records and fields. Pure. */
#ifndef QUOTED_CORE_FORMATS_CSV_TEXT_H
#define QUOTED_CORE_FORMATS_CSV_TEXT_H

#include "core/formats/quote_file.h"

/** Where in a record the text is. */
enum csv_text_state {
	CSV_TEXT_STATE_START,  /* of a field */
	CSV_TEXT_STATE_PLAIN,  /* in a field without quotation marks */
	CSV_TEXT_STATE_QUOTED, /* in a field with them */
	CSV_TEXT_STATE_CLOSED, /* behind the mark that ends it, or before its double */
};

/**
 * Finds the next record: the text up to a line end that is not between quotation marks, without the
 * line end. The last one needs none. A \p separator of 0 is comma, semicolon, tab and bar, for the
 * first record. Returns false if the text ends before the record does, and after the last one;
 * \p state, which is that at the window's position, is CSV_TEXT_STATE_QUOTED if a mark is missing
 * at the end.
 */
bool csv_text_next(struct quote_file_window *window, char separator, enum csv_text_state *state,
	struct quote_file_piece *ret_record);

/** Returns the most frequent of comma, semicolon, tab and bar (|) in a record, outside quotation
 * marks; the comma if there is none. */
char csv_text_separator(const char *record, size_t length);

/** Returns whether no field has text behind the quotation mark that ends it. */
bool csv_text_is_closed(const char *record, size_t length, char separator);

/**
 * Appends the next field of a record, beginning at \p position, to \p out: without blanks before
 * it and without its quotation marks, and one for each double one inside. What follows the mark
 * that ends a field is taken as text. Returns false after the last field; set \p position to 0
 * before the first.
 */
bool csv_text_field(
	const char *record, size_t length, char separator, size_t *position, struct buffer *out);

#endif
