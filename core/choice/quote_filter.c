#include "core/choice/quote_filter.h"

size_t quote_filter_lines(const struct quote *quote)
{
	size_t lines = 1;
	for (size_t i = 0; i < quote->length; i++)
		lines += quote->text[i] == '\n';
	return lines;
}

size_t quote_filter_characters(const struct quote *quote)
{
	size_t characters = 0;
	for (size_t i = 0; i < quote->length; i++)
		characters += ((unsigned char)quote->text[i] & 0xC0) != 0x80;
	return characters;
}

static bool is_within(size_t number, size_t least, size_t most)
{
	return number >= least && (most == 0 || number <= most);
}

bool quote_filter_takes_counts(const struct quote_filter *filter, size_t lines, size_t characters)
{
	return is_within(lines, 0, filter->max_lines) &&
	       is_within(characters, filter->min_characters, filter->max_characters);
}

bool quote_filter_takes(const struct quote_filter *filter, const struct quote *quote)
{
	if (!is_within(quote->length, filter->min_bytes, filter->max_bytes))
		return false;
	if (filter->max_lines == 0 && filter->min_characters == 0 && filter->max_characters == 0)
		return true;
	return quote_filter_takes_counts(
		filter, quote_filter_lines(quote), quote_filter_characters(quote));
}

bool quote_filter_equal(const struct quote_filter *left, const struct quote_filter *right)
{
	return left->min_bytes == right->min_bytes && left->max_bytes == right->max_bytes &&
	       left->max_lines == right->max_lines &&
	       left->min_characters == right->min_characters &&
	       left->max_characters == right->max_characters;
}

bool quote_filter_takes_all(const struct quote_filter *filter)
{
	return quote_filter_equal(filter, &(struct quote_filter){0});
}
