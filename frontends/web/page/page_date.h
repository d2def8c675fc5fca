/** Days and months as pages write them, in English. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_PAGE_PAGE_DATE_H
#define QUOTED_FRONTENDS_WEB_PAGE_PAGE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/day.h"

/** Links lead back this many days, so that robots do not follow them for ever; earlier days have
 * their addresses too. */
enum { PAGE_DATE_BACK = 366 };

/** Returns whether pages link to a day. */
bool page_date_has_link(int64_t day, int64_t today);

/** Appends "Thursday, 26 November 2026". Days are as day_of() gives them. */
void page_date_add(int64_t day, struct buffer *out);

/** Appends "Thu 26". */
void page_date_add_short(int64_t day, struct buffer *out);

/** Appends "November 2026", the month of a day. */
void page_date_add_month(int64_t day, struct buffer *out);

/** Writes the month of a day as page_date_parse_month() reads it. */
void page_date_format_month(int64_t day, char ret_text[DAY_TEXT_SIZE]);

/** Reads "2026-11" and sets the first day of that month. Returns false if \p text is anything else.
 */
bool page_date_parse_month(const char *text, int64_t *ret_first);

/** Returns the first day of the month that a day is in. */
int64_t page_date_first(int64_t day);

#endif
