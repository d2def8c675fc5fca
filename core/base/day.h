/** Calendar days in the time zone of the process. */
#ifndef QUOTED_CORE_BASE_DAY_H
#define QUOTED_CORE_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { DAY_TEXT_SIZE = sizeof "-2147483648-01-01" };

/** Returns the date at \p when in the process's time zone, as days since 1970-01-01. */
int64_t day_of(time_t when);

/** Returns today's date, as day_of() does. */
int64_t day_today(void);

/** Returns the date of a day, as day_of() gives it, with its weekday. */
struct tm day_date(int64_t day);

/** Returns when a day begins in the process's time zone. */
time_t day_begin(int64_t day);

/** Returns the seconds, at least 1, from \p when until its day ends. */
unsigned day_seconds_left(time_t when);

/**
 * Returns when the clock of the process's time zone first shows \p minute of a day or a later one
 * of that day: of a time that exists twice the first, of one that is skipped the moment of the
 * skip. It is the last second of the day if the skip leads to the next one, and a moment of another
 * day if the zone has no such day.
 */
time_t day_moment(int64_t day, int minute);

/** Returns the first day_moment() of \p minute after \p when that is of its own day. */
time_t day_moment_after(time_t when, int minute);

/** Reads "07:30", from 00:00 to 23:59, as minutes; returns false if \p text is anything else. */
bool day_parse_minute(const char *text, int *ret_minute);

/** Reads "2026-11-24", a date of the proleptic Gregorian calendar from year 1000 to 9999. Returns
 * false if \p text is anything else. */
bool day_parse(const char *text, int64_t *ret_day);

/** Writes a day as day_parse() reads it. */
void day_format(int64_t day, char ret_text[DAY_TEXT_SIZE]);

#endif
