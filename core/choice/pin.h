/** Days whose quote the operator chose. */
#ifndef QUOTED_CORE_CHOICE_PIN_H
#define QUOTED_CORE_CHOICE_PIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/choice/edition.h"

/** A day and the ids of which one is its quote's. */
struct pin {
	int64_t day;
	uint64_t first, last;
	const char *text; /* as it was written */
};

/** All zero is none. */
struct pins {
	struct pin *items;
	size_t count;
};

/** Reads \p texts (NULL: none), which outlive the result: "2026-12-25 ID", a date and an id or its
 * prefix. Returns false with "today_pins: ..." where one is malformed. */
bool pin_read(const struct strings *texts, struct pins *ret_pins, struct error *reterr);

/** Finds the quote pinned to \p day among those that can be a wire's quote of the day. Without one
 * the day has its usual quote. */
bool pin_find(const struct pins *pins, const struct edition *edition, unsigned wire, int64_t day,
	uint32_t *ret_index);

/** Appends to \p warnings a sentence on each pin, from \p today on, that no front end can show; of
 * a program without one, that is in no file. */
void pin_check(const struct pins *pins, const struct edition *edition, int64_t today,
	struct strings *warnings);

/** Frees them; there is none afterwards. */
void pin_finish(struct pins *pins);

#endif
