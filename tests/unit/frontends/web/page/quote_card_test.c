#include "frontends/web/page/quote_card.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

/* A quote whose body is what stands before the author, if it has one, else all of it. */
static struct quote quote_of(const char *text, const char *author)
{
	struct quote quote = {.text = text, .length = strlen(text), .body_length = strlen(text)};
	if (author != NULL) {
		quote.author = strstr(text, author);
		quote.author_length = strlen(author);
		quote.body_length = (size_t)(strstr(text, "\n    -- ") - text);
	}
	return quote;
}

static void check(const char *text, const char *author, const char *expected)
{
	struct buffer out = {0};
	struct quote quote = quote_of(text, author);
	quote_card_write(&quote, &out);
	cr_expect_not_null(strstr(out.data, expected), "%s", out.data);
	buffer_finish(&out);
}

Test(quote_card, has_text_and_author)
{
	check("Be <careful>.\n    -- Mark \"M\"\nTwain", "Mark \"M\"\nTwain",
		"<figure class=\"s\"><blockquote lang=\"\" dir=auto><p>Be &lt;careful&gt;."
		"</blockquote><figcaption dir=auto><p><span class=d>\xe2\x80\x94 </span>"
		"Mark &quot;M&quot; Twain</p></figcaption></figure>");
	check("Be careful.", NULL, "<p>Be careful.</blockquote></figure>");
}

Test(quote_card, an_attribution_alone_is_the_quote)
{
	struct quote quote = {
		.text = "-- Nobody", .length = 9, .author = "Nobody", .author_length = 6};
	struct buffer out = {0};
	quote_card_write(&quote, &out);
	cr_assert_not_null(strstr(out.data, "<p>-- Nobody</blockquote></figure>"));
	buffer_finish(&out);
}

Test(quote_card, has_its_language)
{
	struct quote quote = quote_of("Immer mit der Ruhe.", NULL);
	struct buffer out = {0};
	quote.language = "de-AT";
	quote_card_write(&quote, &out);
	cr_expect_not_null(strstr(out.data, "<blockquote lang=\"de-AT\" dir=auto><p>Immer"));
	buffer_clear(&out);
	quote_card_write_entry(&quote, NULL, &out);
	cr_expect_not_null(strstr(out.data, "<blockquote lang=\"de-AT\" dir=auto><p>Immer"));
	buffer_finish(&out);
}

Test(quote_card, size_follows_length)
{
	static const struct {
		size_t length;
		const char *expected;
	} rows[] = {{90, "figure class=\"s\""}, {91, "figure class=\"m\""},
		{281, "figure class=\"l\""}, {701, "figure class=\"x\""},
		{26000, "figure class=\"x\""}};
	static char text[26001];
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		memset(text, 'a', rows[i].length);
		text[rows[i].length] = '\0';
		check(text, NULL, rows[i].expected);
	}
}

Test(quote_card, art_keeps_its_columns_without_a_margin)
{
	check("   /\\_/\\\n  ( o.o )\n   > ^ <", NULL,
		"<figure class=\"a c24\"><blockquote tabindex=0><pre role=img aria-label=\"ASCII "
		"art\">\n /\\_/\\\n( o.o )\n &gt; ^ &lt;</pre></blockquote>");
}

Test(quote_card, type_of_art_follows_its_columns)
{
	static const struct {
		int columns;
		const char *expected;
	} rows[] = {{24, "\"a c24\""}, {25, "\"a c48\""}, {48, "\"a c48\""}, {49, "\"a c64\""},
		{64, "\"a c64\""}, {65, "\"a c80\""}, {80, "\"a c80\""}, {81, "\"a c99\""}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[200];
		snprintf(text, sizeof text, "   /\\_/\\\n  ( o.o )\n/%*s", rows[i].columns - 1,
			"\\");
		check(text, NULL, rows[i].expected);
	}
}

Test(quote_card, scripts_have_their_own_marks)
{
	static const char *const rows[][2] = {
		{"\xd7\x90\xd7\x9d \xd7\x90", "<blockquote class=he "},
		{"(1) \xd7\x90\xd7\x9d", "<blockquote lang"},
		{"\xd9\x84\xd8\xa7", "<blockquote class=ar "},
		{"\xe2\x80\x9c\xe5\x8d\x83\xe9\x87\x8c", "<blockquote class=zh "},
		{"\xe0\xb8\x94\xe0\xb8\xb5", "<blockquote lang"},
		{"\xed\x95\x9c\xea\xb5\xad", "<blockquote lang"},
		{"\xce\xb1", "<blockquote lang"},
		{"...", "<blockquote lang"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		check(rows[i][0], NULL, rows[i][1]);
}

static void check_entry(
	const char *text, const char *author, const char *query, const char *expected)
{
	struct buffer out = {0};
	struct quote quote = quote_of(text, author);
	quote_card_write_entry(&quote, query, &out);
	cr_expect_not_null(strstr(out.data, expected), "%s", out.data);
	buffer_finish(&out);
}

Test(quote_card, an_entry_is_a_link_with_the_words_marked)
{
	check_entry("The <light> of day.\n    -- A & B", "A & B", "light \"of day\"",
		"<li><a href=q/000000000000><blockquote lang=\"\" dir=auto><p>The "
		"&lt;<mark>light</mark>&gt; <mark>of day</mark>.</blockquote>"
		"<p class=w dir=auto>\xe2\x80\x94 A &amp; B</p></a>");
	check_entry("A rose\n  is red\nor so", NULL, "\"rose is red\"",
		"<p class=v><span>A <mark>rose</mark></span><br><span>  <mark>is red</mark></span>"
		"<br><span>or so</span></blockquote>");
	check_entry("  /\\_/\\\n ( o.o )\n  > ^ <", NULL, "o",
		"<pre role=img aria-label=\"ASCII art\">\n /\\_/\\\n( <mark>o</mark>");
}

Test(quote_card, a_long_entry_is_cut_between_words)
{
	char text[2001];
	for (size_t i = 0; i < 2000; i += 5)
		memcpy(text + i, "word ", 5);
	memcpy(text + 1500, "pear ", 5);
	text[1999] = '\0';
	check_entry(text, NULL, NULL, "<p>word word");
	check_entry(text, NULL, NULL, "word\xe2\x80\xa6</blockquote>");
	check_entry(text, NULL, "pear", "<p>\xe2\x80\xa6word word");
	check_entry(text, NULL, "pear", "word <mark>pear</mark> word word");
	check_entry("1\n2\n3\n4\n5\n6\n7\n8\n9 and so on, for some more octets than are worth "
		    "cutting off",
		NULL, NULL, "<span>8\xe2\x80\xa6</span></blockquote>");
	check_entry("1\n2\n3\n4\n5\n6\n7\n8\n9", NULL, NULL, "<span>9</span></blockquote>");
}

Test(quote_card, a_title_is_the_first_words_and_the_author)
{
	static const char *const rows[][3] = {
		{"Be  careful.\n  Or not.\n    -- Mark\n  Twain", "Mark\n  Twain",
			"Be careful. Or not. \xe2\x80\x94 Mark Twain"},
		{"Be careful.", NULL, "Be careful."},
		{"The light at the end of the tunnel has been turned off until further notice.",
			NULL,
			"The light at the end of the tunnel has been turned off until\xe2\x80\xa6"},
		{"  /\\_/\\\n ( o.o )\n  > ^ <\n    -- A", "A", "ASCII art \xe2\x80\x94 A"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer out = {0};
		struct quote quote = quote_of(rows[i][0], rows[i][1]);
		quote_card_add_title(&quote, &out);
		cr_expect_str_eq(out.data, rows[i][2]);
		buffer_finish(&out);
	}
}

Test(quote_card, words_are_cut_between_characters)
{
	struct buffer out = {0};
	/* Three octets each, the last with an accent of two more. */
	struct quote quote = quote_of("\xe5\x8d\x83\xe5\x8d\x83\xe5\x8d\x83\xcc\x81", NULL);
	quote_card_add_words(&quote, 10, &out);
	cr_expect_str_eq(out.data, "\xe5\x8d\x83\xe5\x8d\x83\xe2\x80\xa6");
	buffer_clear(&out);
	/* A blank far before the end is no place to cut. */
	quote = quote_of("A \xe5\x8d\x83\xe5\x8d\x83\xe5\x8d\x83\xe5\x8d\x83", NULL);
	quote_card_add_words(&quote, 10, &out);
	cr_expect_str_eq(out.data, "A \xe5\x8d\x83\xe5\x8d\x83\xe2\x80\xa6");
	buffer_finish(&out);
}
