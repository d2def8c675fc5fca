/** Days whose quote the operator has chosen. */
#ifndef QUOTED_CORE_CHOICE_PIN_H
#define QUOTED_CORE_CHOICE_PIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/choice/edition.h"

/** A day and the range of ids in which its quote's is. */
struct pin {
	int64_t day;
	uint64_t first, last;
	const char *text; /* as written; borrowed; NULL ends a list of pins */
};

/** Reads \p texts, which must outlive the result: "2026-12-25 ID", a date and an id or its prefix.
 * Returns the pins, the caller's to free, or NULL with "today_pins: ..." if one is malformed. */
struct pin *pin_read(const struct strings *texts, struct error *reterr);

/** Checks that pin_read() takes \p text. */
bool pin_check_text(const char *text, struct error *reterr);

/** Finds the quote pinned to \p day. Returns false if there is none that can be the wire's quote of
 * the day; the day then has its usual quote. */
bool pin_find(const struct pin *pins, const struct edition *edition, unsigned wire, int64_t day,
	uint32_t *ret_index);

/** Appends to \p warnings a sentence on each pin of \p today or later whose quote no front end can
 * show or, without front ends, whose quote is private or in no file. */
void pin_check(const struct pin *pins, const struct edition *edition, int64_t today,
	struct strings *warnings);

#endif
