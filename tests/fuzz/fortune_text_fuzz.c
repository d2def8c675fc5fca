/* links: quoted_core */
#include "core/formats/fortune_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Appends the segment, or takes its delimiter back if that is wanted. */
static void take(struct fortune_text *walk, const struct quote_file_piece *segment, bool undo,
	struct buffer *out)
{
	const struct quote_file_window *window = walk->window;
	if (window->start != window->position || window->position > window->length ||
		segment->line == 0)
		abort();
	if (undo && walk->end == FORTUNE_TEXT_END_BLANKS) {
		fortune_text_undo(walk, segment);
		return;
	}
	buffer_append(out, segment->text, segment->length);
	buffer_format(out, "|%d %zu %zu %d|", (int)walk->end, segment->line, window->lines,
		(int)fortune_text_is_blank(segment));
}

/* Walks over the text as it becomes longer by \p chunk octets each time. */
static void split(
	const char *text, size_t length, size_t chunk, uint8_t options, struct buffer *out)
{
	struct quote_file_piece segment;
	struct quote_file_window window = {.text = text};
	struct fortune_text walk = {
		.window = &window, .delimiter = '%', .doubled = (options & 1) != 0};
	while (!window.at_end) {
		window.length = length - window.length < chunk ? length : window.length + chunk;
		window.at_end = window.length == length;
		while (fortune_text_next(&walk, &segment))
			take(&walk, &segment, (options & 2) != 0, out);
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
