#include "frontends/http/gzip.h"

#include <stdint.h>
#include <stdlib.h>

#include <zlib.h>

#include "core/base/mem.h"

/* A small table of hashes, since clearing it takes longer than compressing a page's few octets. */
enum { LEVEL = 6, WINDOW_BITS = -14, MEMORY_LEVEL = 5, BLOCK_END = 16 };

struct gzip {
	z_stream stream;
};

struct gzip *gzip_create(void)
{
	struct gzip *gzip = mem_alloc(sizeof *gzip);
	int result = deflateInit2(
		&gzip->stream, LEVEL, Z_DEFLATED, WINDOW_BITS, MEMORY_LEVEL, Z_DEFAULT_STRATEGY);
	mem_check(result == Z_OK ? gzip : NULL);
	return gzip;
}

/* The room suffices for everything, so that one call does all. */
static void deflate_all(
	struct gzip *gzip, const char *data, size_t length, int flush, struct buffer *out)
{
	z_stream *stream = &gzip->stream;
	deflateReset(stream);
	size_t room = deflateBound(stream, length) + BLOCK_END;
	buffer_reserve(out, room);
	stream->next_in = (z_const Bytef *)data;
	stream->avail_in = (uInt)length;
	stream->next_out = (Bytef *)out->data + out->length;
	stream->avail_out = (uInt)room;
	deflate(stream, flush);
	out->length += room - stream->avail_out;
}

static unsigned long crc_of(const char *data, size_t length)
{
	return crc32(0, (const Bytef *)data, (uInt)length);
}

void gzip_prepare(struct gzip *gzip, const char *data, size_t length, struct gzip_part *ret_part)
{
	*ret_part = (struct gzip_part){.length = length, .crc = crc_of(data, length)};
	deflate_all(gzip, data, length, Z_FULL_FLUSH, &ret_part->deflated);
}

static void append_number(struct buffer *out, unsigned long number)
{
	for (int shift = 0; shift < 32; shift += 8) {
		uint8_t octet = (uint8_t)(number >> shift);
		buffer_append(out, &octet, 1);
	}
}

void gzip_write(struct gzip *gzip, const struct gzip_part *front, const struct buffer *content,
	struct buffer *out)
{
	static const uint8_t header[10] = {0x1f, 0x8b, Z_DEFLATED, 0, 0, 0, 0, 0, 0, 3};
	size_t skipped = front != NULL ? front->length : 0;
	size_t length = content->length - skipped;
	unsigned long crc = crc_of(content->data + skipped, length);
	buffer_append(out, header, sizeof header);
	if (front != NULL) {
		buffer_append(out, front->deflated.data, front->deflated.length);
		crc = crc32_combine(front->crc, crc, (z_off_t)length);
	}
	deflate_all(gzip, content->data + skipped, length, Z_FINISH, out);
	append_number(out, crc);
	append_number(out, content->length);
}

void gzip_finish_part(struct gzip_part *part)
{
	buffer_finish(&part->deflated);
}

void gzip_destroy(struct gzip *gzip)
{
	if (gzip == NULL)
		return;
	deflateEnd(&gzip->stream);
	free(gzip);
}
