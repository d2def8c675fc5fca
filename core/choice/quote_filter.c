#include "core/choice/quote_filter.h"

#include <string.h>

/* Stops counting at limit + 1. */
static size_t count_lines(const struct quote *quote, size_t limit)
{
	size_t lines = 1;
	const char *at = quote->text;
	const char *end = quote->text + quote->length;
	while (lines <= limit && (at = memchr(at, '\n', (size_t)(end - at))) != NULL)
		lines++, at++;
	return lines;
}

bool quote_filter_takes(const struct quote_filter *filter, const struct quote *quote)
{
	return quote->length >= filter->min_bytes &&
	       (filter->max_bytes == 0 || quote->length <= filter->max_bytes) &&
	       (filter->max_lines == 0 ||
		       count_lines(quote, filter->max_lines) <= filter->max_lines);
}

bool quote_filter_equal(const struct quote_filter *left, const struct quote_filter *right)
{
	return left->min_bytes == right->min_bytes && left->max_bytes == right->max_bytes &&
	       left->max_lines == right->max_lines;
}

bool quote_filter_takes_all(const struct quote_filter *filter)
{
	return filter->min_bytes == 0 && filter->max_bytes == 0 && filter->max_lines == 0;
}
