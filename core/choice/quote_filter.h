/** Which quotes are wanted, by the size of the text itself. */
#ifndef QUOTED_CORE_CHOICE_QUOTE_FILTER_H
#define QUOTED_CORE_CHOICE_QUOTE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/library/quote.h"

/** Which sizes of a text with its attribution are taken. All zero takes every quote. */
struct quote_filter {
	size_t min_bytes;      /* octets */
	size_t max_bytes;      /* 0: any number */
	size_t max_lines;      /* 0: any number */
	size_t min_characters; /* code points */
	size_t max_characters; /* 0: any number */
};

/** Returns the number of lines of a quote. */
size_t quote_filter_lines(const struct quote *quote);

/** Returns the number of its code points. */
size_t quote_filter_characters(const struct quote *quote);

/** Returns whether the filter takes these numbers, as far as it is about them. */
bool quote_filter_takes_counts(const struct quote_filter *filter, size_t lines, size_t characters);

/** Returns whether the filter takes \p quote, whose text only lines and characters need. */
bool quote_filter_takes(const struct quote_filter *filter, const struct quote *quote);

/** Returns whether the two are equal. */
bool quote_filter_equal(const struct quote_filter *left, const struct quote_filter *right);

/** Returns whether the filter takes every quote. */
bool quote_filter_takes_all(const struct quote_filter *filter);

#endif
