#include "core/choice/calendar.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

/* The most octets of a short quote with its lines folded: " | " is longer than CRLF. */
enum { FOLDED_MAX = CALENDAR_BYTES_MAX + CALENDAR_LINES_MAX };

static bool is_short(const struct quote_store *store, uint32_t index)
{
	const struct stored_quote *quote = &store->quotes[index];
	size_t lines = 1;
	const char *at = store->texts.data + quote->offset;
	const char *end = at + quote->length;
	if (quote->length >= CALENDAR_BYTES_MAX)
		return false;
	while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL)
		lines++, at++;
	/* Each LF becomes a CRLF, and one more ends the last line. */
	return lines <= CALENDAR_LINES_MAX && quote->length + lines + 1 <= CALENDAR_BYTES_MAX;
}

/* Whether the share's file is the first of the shown files that have its quote. */
static bool is_first_place(
	const struct library *library, const struct selection *selection, uint32_t share)
{
	const struct library_share *shares = library->shares;
	uint32_t quote = shares[share].quote;
	if (selection->files[shares[share].file] == 0 ||
		selection->files[library_file_of(library, quote)] != 0)
		return false;
	for (uint32_t i = share; i > 0 && shares[i - 1].quote == quote; i--)
		if (selection->files[shares[i - 1].file] != 0)
			return false;
	return true;
}

static int compare_places(const void *left, const void *right)
{
	const struct library_share *const *a = left;
	const struct library_share *const *b = right;
	return (*a)->order < (*b)->order ? -1 : (*a)->order > (*b)->order;
}

/* Returns the shares that give a quote its place, sorted by place; the caller's to free. */
static const struct library_share **places_of_shares(const struct library *library,
	const struct selection *selection, bool only_short, uint32_t *ret_count)
{
	const struct library_share **places =
		mem_alloc(((size_t)library->share_count + 1) * sizeof(void *));
	*ret_count = 0;
	for (uint32_t i = 0; i < library->share_count; i++)
		if (is_first_place(library, selection, i) &&
			(!only_short || is_short(&library->store, library->shares[i].quote)))
			places[(*ret_count)++] = &library->shares[i];
	qsort(places, *ret_count, sizeof(void *), compare_places);
	return places;
}

/* Returns the number of quotes. */
static uint32_t fill(const struct library *library, const struct selection *selection,
	bool only_short, uint32_t *calendar)
{
	uint32_t share_count, next = 0, count = 0;
	const struct library_share **shares =
		places_of_shares(library, selection, only_short, &share_count);
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct library_file *file = &library->files[i];
		for (uint32_t quote = file->first; quote < file->first + file->count; quote++) {
			for (; next < share_count && shares[next]->before <= quote; next++)
				calendar[count++] = shares[next]->quote;
			if (selection->files[i] != 0 &&
				(!only_short || is_short(&library->store, quote)))
				calendar[count++] = quote;
		}
	}
	for (; next < share_count; next++)
		calendar[count++] = shares[next]->quote;
	free(shares);
	return count;
}

uint32_t *calendar_make(
	const struct library *library, const struct selection *selection, uint32_t *ret_count)
{
	size_t most = (size_t)library->store.count + 1;
	uint32_t *calendar = mem_resize(NULL, most, sizeof *calendar);
	uint32_t count = fill(library, selection, true, calendar);
	if (count == 0)
		count = fill(library, selection, false, calendar);
	*ret_count = count;
	return mem_resize(calendar, (size_t)count + 1, sizeof *calendar);
}

/* A calendar has only short quotes, or none. */
bool calendar_has(const uint32_t *calendar, const struct library *library,
	const struct selection *selection, uint32_t quote)
{
	return selection_has(selection, library, quote) &&
	       (is_short(&library->store, quote) || !is_short(&library->store, calendar[0]));
}

bool calendar_suits(const struct quote_fit *fit)
{
	size_t octets = fit->fold ? FOLDED_MAX : CALENDAR_BYTES_MAX;
	bool any_lines = fit->max_lines == 0;
	bool whole_lines = fit->line_bytes == 0 || fit->line_bytes >= octets;
	if (fit->max_bytes > 0 && fit->max_bytes < octets)
		return false;
	/* Two consecutive lines have more octets than a line can take, or they would be one. */
	if (fit->fold)
		return any_lines || whole_lines ||
		       (fit->max_lines + 1) / 2 * fit->line_bytes >= octets;
	return any_lines || (fit->max_lines >= CALENDAR_LINES_MAX && whole_lines);
}
