/** What a record of an export says of a quote, in JSON or CSV. */
#ifndef QUOTED_CORE_FORMATS_QUOTE_FIELDS_H
#define QUOTED_CORE_FORMATS_QUOTE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/formats/quote_file.h"

/** The tags that a quote may have, and the octets of one. */
enum { QUOTE_FIELDS_TAGS_MAX = 32, QUOTE_FIELDS_TAG_OCTETS = 64 };

/** The fields that are known; of those for the text and of those for the author, the first that is
 * not empty counts. */
enum quote_field {
	QUOTE_FIELD_TEXT,
	QUOTE_FIELD_QUOTE,
	QUOTE_FIELD_CONTENT,
	QUOTE_FIELD_BODY,
	QUOTE_FIELD_AUTHOR,
	QUOTE_FIELD_BY,
	QUOTE_FIELD_SOURCE,
	QUOTE_FIELD_ID,   /* in the program that wrote the file */
	QUOTE_FIELD_TAGS, /* separated by commas or semicolons */
	QUOTE_FIELD_NONE, /* any other */
};

/** Returns which field \p name is, ignoring case, blanks, hyphens and underscores; QUOTE_FIELD_NONE
 * if it is none. */
enum quote_field quote_fields_find(const char *name, size_t length);

/** Returns whether \p field holds the text of a quote. */
bool quote_fields_is_text(enum quote_field field);

/**
 * Takes the fields of the record at \p line, by enum quote_field, as pieces of UTF-8 whose own
 * lines do not matter; one that is missing is all zero. Gives the text, the id and the tags to the
 * file's callbacks. The author becomes a line of its own behind 16 blanks and two dashes, as in
 * fortune files, so that it is the author on every wire. The author's own dashes, line ends and
 * last comma are left out, and the whole author if the text ends in an attribution already. Commas,
 * semicolons, quotation marks, brackets, braces and line ends separate tags, which do not begin or
 * end in an apostrophe; those over the limits are left out and reported. Returns false if there is
 * no text.
 */
bool quote_fields_take(const struct quote_file_piece fields[QUOTE_FIELD_NONE], size_t line,
	struct quote_file *file);

#endif
