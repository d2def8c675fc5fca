#include "core/formats/strfile.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

enum { KNOWN_FLAGS = 0xF };

static uint64_t read_big_endian(const char *data, size_t octets)
{
	uint64_t value = 0;
	for (size_t i = 0; i < octets; i++)
		value = value << 8 | (unsigned char)data[i];
	return value;
}

static bool fail(struct error *reterr, const char *what)
{
	error_set(reterr, "%s", what);
	return false;
}

/* Returns the size of an offset in octets, or 0 if no table has that length. */
static size_t offset_width(size_t length, uint64_t count)
{
	for (size_t width = 4; width <= 8; width += 4)
		if (length == STRFILE_HEADER_SIZE + width * (count + 1))
			return width;
	return 0;
}

static int compare_offsets(const void *left, const void *right)
{
	const uint64_t *a = left;
	const uint64_t *b = right;
	return *a < *b ? -1 : *a > *b;
}

/* One of the offsets is the end of the text; strfile -r puts it anywhere. If it is missing, or
 * another one is beyond it, the text has changed since. */
static bool read_offsets(const char *data, size_t width, uint64_t text_size, struct strfile *table)
{
	bool end_seen = false;
	bool sorted = true;
	size_t kept = 0;
	size_t all = table->count + 1;
	table->offsets = mem_resize(NULL, all, sizeof *table->offsets);
	for (size_t i = 0; i < all; i++) {
		uint64_t offset = read_big_endian(data + i * width, width);
		bool is_end = offset == text_size && !end_seen;
		end_seen |= is_end;
		if (is_end || kept == table->count)
			continue;
		sorted &= kept == 0 || table->offsets[kept - 1] <= offset;
		table->offsets[kept++] = offset;
	}
	if (!sorted)
		qsort(table->offsets, kept, sizeof *table->offsets, compare_offsets);
	return end_seen && (kept == 0 || table->offsets[kept - 1] < text_size);
}

bool strfile_parse(const char *data, size_t length, uint64_t text_size, struct strfile *ret_table,
	struct error *reterr)
{
	*ret_table = (struct strfile){.delimiter = '%'};
	if (length < STRFILE_HEADER_SIZE)
		return fail(reterr, "it is shorter than its header");
	uint64_t version = read_big_endian(data, 4);
	uint64_t count = read_big_endian(data + 4, 4);
	uint64_t flags = read_big_endian(data + 16, 4);
	size_t width = offset_width(length, count);
	char delimiter = data[20];
	if (version != 1 && version != 2)
		return fail(reterr, "its version is neither 1 nor 2");
	if ((flags & ~(uint64_t)KNOWN_FLAGS) != 0)
		return fail(reterr, "it has unknown flags");
	if (delimiter == '\0' || delimiter == '\n' || delimiter == '\r')
		return fail(reterr, "its delimiter is NUL or a line end");
	if (width == 0)
		return fail(reterr, "its size does not match its number of quotes");
	ret_table->flags = (uint32_t)flags;
	ret_table->delimiter = delimiter;
	ret_table->count = (size_t)count;
	ret_table->matches = read_offsets(data + STRFILE_HEADER_SIZE, width, text_size, ret_table);
	return true;
}

bool strfile_has(const struct strfile *table, uint64_t offset)
{
	return table->count > 0 && bsearch(&offset, table->offsets, table->count,
					   sizeof *table->offsets, compare_offsets) != NULL;
}

void strfile_match(struct strfile *table, uint64_t offset)
{
	if (table->matched < table->count && table->offsets[table->matched] == offset)
		table->matched++;
	else
		table->matched = table->count + 1;
}
