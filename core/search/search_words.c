#include "core/search/search_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"

const char search_words_tag_all[] = "all";

/* Returns how many octets are before the first that can begin an unspaced character, U+0E01 at
 * least. */
static size_t count_spaced(const char *text, size_t length)
{
	size_t count = 0;
	while (count < length && (unsigned char)text[count] < 0xE0)
		count++;
	return count;
}

static void part(const char *text, size_t length, struct buffer *out)
{
	size_t at = count_spaced(text, length);
	buffer_append(out, text, at);
	while (at < length) {
		size_t step = utf8_code_point(text + at, length - at);
		bool apart = utf8_is_unspaced(text + at, step);
		if (apart)
			buffer_append(out, " ", 1);
		buffer_append(out, text + at, step);
		if (apart)
			buffer_append(out, " ", 1);
		at += step;
	}
}

void search_words_segment(const char *text, size_t length, struct buffer *out)
{
	struct buffer folded = {0};
	if (utf8_is_ascii(text, length)) {
		buffer_append(out, text, length);
		return;
	}
	utf8_fold(text, length, &folded);
	part(folded.data, folded.length, out);
	buffer_finish(&folded);
}

static void write_hex(const char *text, struct buffer *out)
{
	static const char digits[] = "0123456789abcdef";
	for (; *text != '\0'; text++) {
		unsigned octet = (unsigned char)*text;
		buffer_append(out, (const char[]){digits[octet >> 4], digits[octet & 15]}, 2);
	}
}

void search_words_tag(const struct search_place *place, struct buffer *out)
{
	buffer_add(out, "c");
	write_hex(place->collection, out);
	if (place->file == NULL)
		return;
	buffer_add(out, "f");
	write_hex(place->file, out);
}

void search_words_language_tag(const struct search_place *place, struct buffer *out)
{
	search_words_tag(place, out);
	if (place->file == NULL)
		return;
	buffer_add(out, "l");
	write_hex(place->language, out);
}

void search_words_quote_tag(const char *tag, size_t length, struct buffer *out)
{
	struct buffer folded = {0};
	buffer_add(&folded, "");
	utf8_fold(tag, length, &folded);
	for (size_t i = 0; i < folded.length; i++)
		folded.data[i] = (char)tolower((unsigned char)folded.data[i]);
	buffer_add(out, "t");
	write_hex(folded.data, out);
	buffer_finish(&folded);
}

/* A text being read. */
struct reading {
	struct search_words *words;
	bool in_word; /* the last word may go on */
	struct buffer folded;
};

static void add(struct reading *reading, const char *key, size_t length, size_t start, size_t end)
{
	struct search_words *words = reading->words;
	if (!reading->in_word) {
		words->items = mem_grow(words->items, words->count, sizeof *words->items);
		words->items[words->count++] =
			(struct search_word){.key = words->keys.length, .start = start};
	}
	struct search_word *word = &words->items[words->count - 1];
	buffer_append(&words->keys, key, length);
	word->key_length += length;
	word->end = end;
	reading->in_word = true;
}

static void read_ascii(struct reading *reading, char octet, size_t at)
{
	if (!isalnum((unsigned char)octet)) {
		reading->in_word = false;
		return;
	}
	char small = (char)tolower((unsigned char)octet);
	add(reading, &small, 1, at, at + 1);
}

/* Reads what a cluster becomes: several characters, or none. */
static void read_folded(struct reading *reading, size_t start, size_t end)
{
	const struct buffer *folded = &reading->folded;
	for (size_t at = 0, step; at < folded->length; at += step) {
		const char *character = folded->data + at;
		step = utf8_code_point(character, folded->length - at);
		bool apart = utf8_is_unspaced(character, step);
		char small = (char)tolower((unsigned char)*character);
		if (apart || !utf8_is_word(character, step))
			reading->in_word = false;
		if (utf8_is_word(character, step))
			add(reading, step == 1 ? &small : character, step, start, end);
		if (apart)
			reading->in_word = false;
	}
}

void search_words_find(const char *text, size_t length, struct search_words *words)
{
	struct reading reading = {.words = words};
	size_t step;
	for (size_t at = 0; at < length; at += step) {
		bool plain = (unsigned char)text[at] < 0x80 &&
			     (at + 1 == length || (unsigned char)text[at + 1] < 0x80);
		step = plain ? 1 : utf8_cluster(text + at, length - at);
		if (plain) {
			read_ascii(&reading, text[at], at);
			continue;
		}
		buffer_clear(&reading.folded);
		utf8_fold(text + at, step, &reading.folded);
		read_folded(&reading, at, at + step);
	}
	buffer_finish(&reading.folded);
}

bool search_words_match(const struct search_words *words, size_t index,
	const struct search_words *others, size_t other, bool prefix)
{
	const struct search_word *word = &words->items[index];
	const struct search_word *wanted = &others->items[other];
	bool fits = prefix ? word->key_length >= wanted->key_length
			   : word->key_length == wanted->key_length;
	return fits && memcmp(words->keys.data + word->key, others->keys.data + wanted->key,
			       wanted->key_length) == 0;
}

void search_words_finish(struct search_words *words)
{
	buffer_finish(&words->keys);
	free(words->items);
	*words = (struct search_words){0};
}
