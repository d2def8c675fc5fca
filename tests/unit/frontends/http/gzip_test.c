#include "frontends/http/gzip.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <zlib.h>

/* Decompresses with a reader that checks the sum and the length at the end. */
static void check(const struct buffer *compressed, const struct buffer *content)
{
	char *out = malloc(content->length + 1);
	z_stream stream = {.next_in = (Bytef *)compressed->data,
		.avail_in = (uInt)compressed->length,
		.next_out = (Bytef *)out,
		.avail_out = (uInt)content->length + 1};
	cr_assert_eq(inflateInit2(&stream, 16 + MAX_WBITS), Z_OK);
	cr_assert_eq(inflate(&stream, Z_FINISH), Z_STREAM_END, "%s", stream.msg);
	cr_assert_eq(stream.avail_in, 0);
	cr_assert_eq(stream.total_out, content->length);
	cr_assert_eq(memcmp(out, content->data, content->length), 0);
	inflateEnd(&stream);
	free(out);
}

static void fill(struct buffer *content, size_t length, unsigned seed)
{
	for (size_t i = 0; i < length; i++) {
		seed = seed * 1103515245 + 12345;
		char octet = (char)("aaaabcdef <>\n"[(seed >> 16) % 13]);
		buffer_append(content, &octet, 1);
	}
}

Test(gzip, round_trip)
{
	static const size_t lengths[] = {1, 2, 100, 5000, 70000, 300000};
	struct gzip *gzip = gzip_create();
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct buffer content = {0};
		struct buffer compressed = {0};
		fill(&content, lengths[i], (unsigned)i);
		gzip_write(gzip, NULL, &content, &compressed);
		check(&compressed, &content);
		if (lengths[i] >= 5000)
			cr_assert_lt(compressed.length, content.length);
		buffer_finish(&compressed);
		buffer_finish(&content);
	}
	gzip_destroy(gzip);
}

Test(gzip, a_prepared_part_begins_many_contents)
{
	static const size_t lengths[] = {0, 1, 700, 40000};
	struct gzip *gzip = gzip_create();
	struct buffer front = {0};
	struct gzip_part part;
	fill(&front, 4000, 7);
	gzip_prepare(gzip, front.data, front.length, &part);
	cr_assert_lt(part.deflated.length, front.length);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		struct buffer content = {0};
		struct buffer compressed = {0};
		buffer_append(&content, front.data, front.length);
		fill(&content, lengths[i], 11);
		gzip_write(gzip, &part, &content, &compressed);
		check(&compressed, &content);
		buffer_finish(&compressed);
		buffer_finish(&content);
	}
	gzip_finish_part(&part);
	buffer_finish(&front);
	gzip_destroy(gzip);
}
