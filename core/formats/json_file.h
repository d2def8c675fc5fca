/** Reads a JSON file (RFC 8259) of quotes. */
#ifndef QUOTED_CORE_FORMATS_JSON_FILE_H
#define QUOTED_CORE_FORMATS_JSON_FILE_H

#include "core/formats/quote_file.h"

/**
 * Reads \p file, which is open, as quote_file.h says: the elements of an array, or values one
 * after the other, as in JSON lines. A string is a text; of an object, the members that
 * quote_fields.h knows count if they are strings; the id may also be an integer, the author an
 * object with a name, and the tags an array of strings. If an object has no text but an array named
 * "quotes", in any case, the elements of that are read. Any other value without a text is left out.
 * Fails if the JSON is malformed or a value has more than JSON_TEXT_VALUE_MAX octets.
 */
bool json_file_read(struct quote_file *file, struct error *reterr);

#endif
