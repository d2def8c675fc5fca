/* links: quoted_core */
#include "core/formats/fortune_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Appends the segment, or takes its delimiter back if that is wanted. */
static void take(struct fortune_text *walk, const struct fortune_segment *segment, bool undo,
	struct buffer *out)
{
	if (walk->start != walk->position || walk->position > walk->length || segment->line == 0)
		abort();
	if (undo && segment->end == FORTUNE_TEXT_END_BLANKS) {
		fortune_text_undo(walk, segment);
		return;
	}
	buffer_append(out, segment->text, segment->length);
	buffer_format(out, "|%d %zu %zu %d|", (int)segment->end, segment->line, segment->end_line,
		(int)fortune_text_is_blank(segment));
}

/* Walks over the text as it becomes longer by \p chunk octets each time. */
static void split(
	const char *text, size_t length, size_t chunk, uint8_t options, struct buffer *out)
{
	struct fortune_segment segment;
	struct fortune_text walk = {.delimiter = '%', .doubled = (options & 1) != 0};
	size_t before = 0, known = 0;
	while (!walk.at_end) {
		known = length - known < chunk ? length : known + chunk;
		walk.text = text + before;
		walk.length = known - before;
		walk.at_end = known == length;
		while (fortune_text_next(&walk, &segment))
			take(&walk, &segment, (options & 2) != 0, out);
		before += walk.start;
		fortune_text_dropped(&walk);
	}
}

/* The input is an octet of options, the size of a chunk, and the text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer whole = {0}, pieces = {0};
	if (size < 2)
		return 0;
	const char *text = (const char *)data + 2;
	split(text, size - 2, size, data[0], &whole);
	split(text, size - 2, 1 + data[1] % 16, data[0], &pieces);
	if (whole.length != pieces.length ||
		(whole.length > 0 && memcmp(whole.data, pieces.data, whole.length) != 0))
		abort();
	buffer_finish(&whole);
	buffer_finish(&pieces);
	return 0;
}
