#include "frontends/web/page/quote_card.h"

#include <string.h>

#include "core/base/drawing.h"
#include "core/base/utf8.h"
#include "core/library/quote_id.h"
#include "core/search/search_marks.h"
#include "frontends/web/page/html.h"
#include "frontends/web/page/page_text.h"

enum {
	ART_LINES = 16,     /* of a drawing in a list */
	WORTH_CUTTING = 60, /* octets; fewer are shown rather than cut */
	BEFORE_MARK = 120,  /* octets shown before the first word found, if that is far behind */
	TITLE_WORDS = 60,   /* octets of the quote in a title */
	TITLE_AUTHOR = 60,
};

/* Stand for the tags of a mark until the text is escaped; a quote has no control characters. */
#define MARK "\1"
#define MARK_END "\2"

static const char ellipsis[] = "\xe2\x80\xa6";

size_t quote_card_body(const struct quote *quote)
{
	return quote->body_length > 0 ? quote->body_length : quote->length;
}

bool quote_card_has_author(const struct quote *quote)
{
	return quote->author != NULL && quote->body_length > 0;
}

/* Long quotes get smaller type; drawings get type in which all their columns fit. */
static const char *choose_class(const char *text, size_t length, bool art)
{
	if (art) {
		size_t columns = page_text_columns(text, length) - page_text_indent(text, length);
		if (columns <= 24)
			return "a c24";
		if (columns <= 48)
			return "a c48";
		if (columns <= 64)
			return "a c64";
		return columns <= 80 ? "a c80" : "a c99";
	}
	if (length <= 90)
		return "s";
	if (length <= 280)
		return "m";
	return length <= 700 ? "l" : "x";
}

/* Which quotation mark belongs to the first letter: of Hebrew (U+0590 to U+05FF), of Arabic (U+0600
 * to U+077F), or of Chinese and Japanese; Thai and Korean have ours. */
static const char *choose_mark(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i += utf8_code_point(text + i, length - i)) {
		unsigned char lead = (unsigned char)text[i];
		if (!utf8_is_alphanumeric(text + i, length - i))
			continue;
		if (lead == 0xd6 || lead == 0xd7)
			return " class=he";
		if (lead >= 0xd8 && lead <= 0xdd)
			return " class=ar";
		bool other = lead < 0xe2 || (lead >= 0xea && lead <= 0xed);
		return utf8_is_unspaced(text + i, length - i) && !other ? " class=zh" : "";
	}
	return "";
}

/* An empty language is one that is not known. */
static void open_text(const struct quote *quote, const char *class, struct buffer *out)
{
	buffer_format(out, "<blockquote%s lang=\"%s\" dir=auto>", class,
		quote->language != NULL ? quote->language : "");
}

/* HTML drops a line end right after <pre>. */
static const char open_art[] = "<pre role=img aria-label=\"ASCII art\">\n";

static void write_text(const struct quote *quote, size_t length, bool art, struct buffer *out)
{
	if (art) {
		buffer_add(out, "<blockquote tabindex=0>");
		buffer_add(out, open_art);
		page_text_write_drawing(out, quote->text, length);
		buffer_add(out, "</pre>");
	} else {
		open_text(quote, choose_mark(quote->text, length), out);
		page_text_write(out, quote->text, length);
	}
	buffer_add(out, "</blockquote>");
}

/* The style sheet has a line instead of the dash. */
static void write_author(const struct quote *quote, struct buffer *out)
{
	if (!quote_card_has_author(quote))
		return;
	buffer_add(out, "<figcaption dir=auto><p><span class=d>\xe2\x80\x94 </span>");
	page_text_write_line(out, quote->author, quote->author_length);
	buffer_add(out, "</p></figcaption>");
}

void quote_card_write(const struct quote *quote, struct buffer *out)
{
	size_t length = quote_card_body(quote);
	bool art = drawing_is(quote->text, length);
	buffer_reserve(out, 2 * quote->length);
	buffer_add(out, "<figure class=\"");
	buffer_add(out, choose_class(quote->text, length, art));
	buffer_add(out, "\">");
	write_text(quote, length, art, out);
	write_author(quote, out);
	buffer_add(out, "</figure>");
}

static bool is_blank(char octet)
{
	return octet == ' ' || octet == '\n';
}

/* Returns how many octets of the text, which is longer than \p limit, end at a word or, if it has
 * few blanks, at a character. */
static size_t cut_at_word(const char *text, size_t length, size_t limit)
{
	size_t word = limit;
	while (word > 0 && !is_blank(text[word]))
		word--;
	size_t whole = word;
	for (size_t next = word; next <= limit;) {
		whole = next;
		next += utf8_cluster(text + whole, length - whole);
	}
	return word <= whole / 2 ? whole : word;
}

static size_t cut_at_line(const char *text, size_t length, size_t lines)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\n' && --lines == 0)
			return i;
	}
	return length;
}

/* The part of a quote that a list shows. */
struct extract {
	size_t start;
	size_t end;
};

static size_t find_end(const char *text, size_t length, bool art)
{
	size_t end = cut_at_line(text, length, art ? ART_LINES : QUOTE_CARD_ENTRY_LINES);
	if (!art && end > QUOTE_CARD_ENTRY_OCTETS)
		end = cut_at_word(text, length, QUOTE_CARD_ENTRY_OCTETS);
	return length - end < WORTH_CUTTING ? length : end;
}

static size_t start_of_word(const char *text, size_t at)
{
	while (at > 0 && !is_blank(text[at - 1]))
		at--;
	return at;
}

/* Shows the first mark, even if that is far behind. */
static struct extract extract_of(
	const char *text, size_t length, bool art, const struct search_marks *marks)
{
	struct extract extract = {0, find_end(text, length, art)};
	if (art || marks->count == 0)
		return extract;
	size_t first = marks->items[0].start;
	size_t end = first + marks->items[0].length;
	if (end <= extract.end || end > length || first < BEFORE_MARK)
		return extract;
	size_t start = start_of_word(text, first - BEFORE_MARK);
	if (start == 0)
		start = start_of_word(text, first);
	extract.start = start;
	extract.end = start + find_end(text + start, length - start, art);
	return extract;
}

/* No mark goes on over a line end, as lines become elements. */
static void add_mark(const char *text, size_t start, size_t end, struct buffer *out)
{
	while (start < end) {
		size_t line = start + strcspn(text + start, "\n");
		size_t stop = line < end ? line : end;
		buffer_add(out, MARK);
		buffer_append(out, text + start, stop - start);
		buffer_add(out, MARK_END);
		start = stop + strspn(text + stop, " \n");
		buffer_append(out, text + stop, start < end ? start - stop : end - stop);
	}
}

static void add_extract(const char *text, const struct extract *extract,
	const struct search_marks *marks, struct buffer *out)
{
	size_t at = extract->start;
	for (size_t i = 0; i < marks->count; i++) {
		const struct search_mark *mark = &marks->items[i];
		if (mark->start < at)
			continue;
		if (mark->start + mark->length > extract->end)
			break;
		buffer_append(out, text + at, mark->start - at);
		add_mark(text, mark->start, mark->start + mark->length, out);
		at = mark->start + mark->length;
	}
	buffer_append(out, text + at, extract->end - at);
}

static void append_tagged(const struct buffer *text, struct buffer *out)
{
	for (size_t i = 0; i < text->length;) {
		size_t plain = strcspn(text->data + i, MARK MARK_END);
		buffer_append(out, text->data + i, plain);
		i += plain;
		if (i < text->length)
			buffer_add(out, text->data[i++] == MARK[0] ? "<mark>" : "</mark>");
	}
}

static void write_extract(const struct quote *quote, const char *query, struct buffer *out)
{
	size_t length = quote_card_body(quote);
	bool art = drawing_is(quote->text, length);
	struct search_marks marks = {0};
	struct buffer text = {0};
	struct buffer html = {0};
	if (query != NULL)
		search_marks_find(query, quote, &marks);
	struct extract extract = extract_of(quote->text, length, art, &marks);
	buffer_add(&text, extract.start > 0 ? ellipsis : "");
	add_extract(quote->text, &extract, &marks, &text);
	const char *rest = extract.end < length ? ellipsis : "";
	if (art) {
		page_text_write_drawing(&html, text.data, text.length);
		buffer_format(&html, "%s%s", rest[0] != '\0' ? "\n" : "", rest);
	} else {
		buffer_add(&text, rest);
		page_text_write(&html, text.data, text.length);
	}
	open_text(quote, "", out);
	buffer_add(out, art ? open_art : "");
	append_tagged(&html, out);
	buffer_add(out, art ? "</pre></blockquote>" : "</blockquote>");
	search_marks_finish(&marks);
	buffer_finish(&text);
	buffer_finish(&html);
}

void quote_card_write_entry(const struct quote *quote, const char *query, struct buffer *out)
{
	char id[QUOTE_ID_LENGTH + 1];
	quote_id_format(quote->id, id);
	buffer_format(out, "<li><a href=q/%s>", id);
	write_extract(quote, query, out);
	if (quote_card_has_author(quote)) {
		buffer_add(out, "<p class=w dir=auto>\xe2\x80\x94 ");
		page_text_write_line(out, quote->author, quote->author_length);
		buffer_add(out, "</p>");
	}
	buffer_add(out, "</a>");
}

static size_t skip(const char *text, size_t at, size_t length, bool blanks)
{
	while (at < length && is_blank(text[at]) == blanks)
		at++;
	return at;
}

/* As one line, without the blanks at its beginning. */
static void add_start(const char *text, size_t length, size_t limit, struct buffer *out)
{
	size_t start = out->length;
	size_t at = skip(text, 0, length, true);
	while (at < length && out->length - start <= limit) {
		size_t end = skip(text, at, length, false);
		buffer_append(out, text + at, end - at);
		at = skip(text, end, length, true);
		buffer_add(out, at > end ? " " : "");
	}
	size_t added = out->length - start;
	if (added <= limit)
		return;
	size_t kept = cut_at_word(out->data + start, added, limit);
	out->length = start + kept;
	buffer_add(out, kept < added ? ellipsis : "");
}

void quote_card_add_words(const struct quote *quote, size_t limit, struct buffer *out)
{
	size_t length = quote_card_body(quote);
	buffer_add(out, "");
	if (drawing_is(quote->text, length))
		buffer_add(out, "ASCII art");
	else
		add_start(quote->text, length, limit, out);
}

void quote_card_add_title(const struct quote *quote, struct buffer *out)
{
	quote_card_add_words(quote, TITLE_WORDS, out);
	if (!quote_card_has_author(quote))
		return;
	buffer_add(out, " \xe2\x80\x94 ");
	add_start(quote->author, quote->author_length, TITLE_AUTHOR, out);
}
