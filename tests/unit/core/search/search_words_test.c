#include "core/search/search_words.h"

#include <string.h>

#include <criterion/criterion.h>

/* Each word as "key:start-end". */
Test(search_words, are_found_where_they_stand)
{
	static const struct {
		const char *text, *words;
	} rows[] = {
		{"", ""},
		{" - !", ""},
		{"An Apple", "an:0-2 apple:3-8 "},
		{"don't 1st", "don:0-3 t:4-5 1st:6-9 "},
		{"\u00c9tude", "etude:0-6 "},
		{"e\u0301t\u00e9!", "ete:0-6 "},
		{"so\u00adft", "soft:0-6 "},
		{"a\u4e2d\u6587b", "a:0-1 \u4e2d:1-4 \u6587:4-7 b:7-8 "},
		{"\u0e19\u0e49\u0e33", "\u0e19:0-9 \u0e49:0-9 \u0e4d:0-9 \u0e32:0-9 "},
		{"\ufb01n", "fin:0-4 "},
		{"Stra\u00dfe", "strasse:0-7 "},
		{"C\u0153ur", "coeur:0-5 "},
		{"\u0141\u00f3d\u017a", "lodz:0-7 "},
		{"I\u011fd\u0131r \u00c6r\u00f8", "igdir:0-7 aero:8-13 "},
		{"\u2026x\u2014y", "x:3-4 y:7-8 "},
		{"x\u0645\u064ey", "x\u0645y:0-6 "},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct search_words words = {0};
		struct buffer text = {0};
		buffer_append(&text, "", 0);
		search_words_find(rows[i].text, strlen(rows[i].text), &words);
		for (size_t j = 0; j < words.count; j++)
			buffer_format(&text, "%.*s:%zu-%zu ", (int)words.items[j].key_length,
				words.keys.data + words.items[j].key, words.items[j].start,
				words.items[j].end);
		cr_expect_str_eq(text.data, rows[i].words, "row %zu: %s", i, text.data);
		search_words_finish(&words);
		buffer_finish(&text);
	}
}

Test(search_words, match_whole_or_as_a_beginning)
{
	struct search_words text = {0}, word = {0};
	search_words_find("apples apple", 12, &text);
	search_words_find("Apple", 5, &word);
	cr_expect_not(search_words_match(&text, 0, &word, 0, false));
	cr_expect(search_words_match(&text, 0, &word, 0, true));
	cr_expect(search_words_match(&text, 1, &word, 0, false));
	cr_expect_not(search_words_match(&word, 0, &text, 0, true));
	search_words_finish(&text);
	search_words_finish(&word);
}

/* Where no spaces part words, each character is one; letters are folded. */
Test(search_words, segments_text)
{
	static const struct {
		const char *text, *segmented;
	} rows[] = {
		{"An Apple", "An Apple"},
		{"\u00c9tude", "etude"},
		{"a\u4e2d\u6587b", "a \u4e2d  \u6587 b"},
		{"\u0e14\u0e35 \u1780", " \u0e14  \u0e35   \u1780 "},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		search_words_segment(rows[i].text, strlen(rows[i].text), &out);
		cr_expect_str_eq(out.data, rows[i].segmented, "row %zu: %s", i, out.data);
		buffer_finish(&out);
	}
}
