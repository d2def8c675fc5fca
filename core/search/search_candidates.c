#include "core/search/search_candidates.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/search/search_query.h"
#include "core/search/search_words.h"

bool search_candidates_is_apart(unsigned code_point)
{
	static const struct {
		unsigned first, last;
	} ranges[] = {
		{0xA0, 0xA7},     /* a blank, punctuation and signs */
		{0xAB, 0xAB},     /* quotation marks */
		{0xBB, 0xBB},     /* also */
		{0xBF, 0xBF},     /* a question mark */
		{0x400, 0x481},   /* Cyrillic letters */
		{0x48A, 0x52F},   /* more of them */
		{0x2010, 0x2016}, /* dashes */
		{0x2018, 0x2027}, /* quotation marks, dots */
		{0x3001, 0x3029}, /* Chinese and Japanese punctuation */
		{0x3041, 0x3096}, /* Hiragana */
		{0x30A1, 0x30FA}, /* Katakana */
		{0x4E00, 0x9FFF}, /* Chinese characters */
		{0xFF01, 0xFF0F}, /* full-width punctuation */
		{0xFF1A, 0xFF20}, /* more of it */
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (code_point >= ranges[i].first && code_point <= ranges[i].last)
			return true;
	return false;
}

bool search_candidates_is_joined(unsigned code_point)
{
	return (code_point >= 0xC0 && code_point <= 0x148) ||
	       (code_point >= 0x14A && code_point <= 0x17F);
}

static bool is_ascii_alnum(char octet)
{
	return isalnum((unsigned char)octet) != 0 && (unsigned char)octet < 0x80;
}

/* Returns whether the word is at this place, whole or, with a "*", as a start. */
static bool begins_with(const char *text, const char *word)
{
	size_t i = 0;
	while (word[i] != '*' && word[i] != '\0' &&
		tolower((unsigned char)text[i]) == tolower((unsigned char)word[i]))
		i++;
	return word[i] == '*' || (word[i] == '\0' && !is_ascii_alnum(text[i]));
}

/* No ASCII letter or digit comes before the word. \p text ends in NUL. */
static bool contains(const char *text, const char *word)
{
	const char either[] = {
		(char)tolower((unsigned char)*word), (char)toupper((unsigned char)*word), '\0'};
	const char *at = text;
	while ((at = strpbrk(at, either)) != NULL) {
		if ((at == text || !is_ascii_alnum(at[-1])) && begins_with(at, word))
			return true;
		at++;
	}
	return false;
}

static const char *find_letters_before(const char *text, const char *at)
{
	while (at > text && is_ascii_alnum(at[-1]))
		at--;
	return at;
}

/* Returns whether an ASCII word can go through the character at \p at in the folded text. If so, it
 * begins with the letters before that. */
static bool can_span(const char *text, const char *at, size_t size, const char *word)
{
	unsigned code_point = utf8_number(at, size);
	const char *letters = find_letters_before(text, at);
	if (search_candidates_is_apart(code_point))
		return false;
	return !search_candidates_is_joined(code_point) ||
	       strncasecmp(letters, word, (size_t)(at - letters)) == 0;
}

static size_t size_of(const char *text)
{
	unsigned char lead = (unsigned char)*text;
	return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

static bool is_blank(char octet)
{
	return octet == ' ' || octet == '\n' || octet == '\t';
}

/* To fold a text takes longer than all else, so this folds only what stands between two blanks and
 * could become the word. */
static bool contains_folded(const struct quote *quote, const char *word)
{
	struct buffer folded = {0};
	const char *end = quote->text + quote->length;
	bool ascii = utf8_is_ascii(word, strlen(word));
	const char *at = quote->text;
	bool found = false;
	while (!found && at < end) {
		size_t size = size_of(at);
		if (size == 1 || (ascii && !can_span(quote->text, at, size, word))) {
			at += size;
			continue;
		}
		const char *start = ascii ? at : quote->text;
		const char *stop = ascii ? at : end;
		while (start > quote->text && !is_blank(start[-1]))
			start--;
		while (stop < end && !is_blank(*stop))
			stop++;
		buffer_clear(&folded);
		search_words_segment(start, (size_t)(stop - start), &folded);
		found = contains(folded.data, word);
		at = stop;
	}
	buffer_finish(&folded);
	return found;
}

static bool has_all(const struct quote *quote, const struct strings *words)
{
	bool plain = utf8_is_ascii(quote->text, quote->length);
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];
		if (!contains(quote->text, word) && (plain || !contains_folded(quote, word)))
			return false;
	}
	return true;
}

/* Few quotes have an author, and a short one, so this comes first. */
static bool has_author(const struct quote *quote, const struct strings *words)
{
	if (words->count == 0)
		return true;
	if (quote->author == NULL)
		return false;
	char *name = mem_strndup(quote->author, quote->author_length);
	struct quote author = {.text = name, .length = quote->author_length};
	bool has = has_all(&author, words);
	free(name);
	return has;
}

static bool is_cancelled(const atomic_bool *cancel)
{
	return cancel != NULL && atomic_load_explicit(cancel, memory_order_relaxed);
}

bool search_candidates_find(const struct library *library, const char *query,
	const atomic_bool *cancel, unsigned char *ret_candidates)
{
	struct strings words = {0}, author_words = {0};
	uint32_t count = library->store.count;
	uint32_t at = 0;
	search_query_words(query, false, &words);
	search_query_words(query, true, &author_words);
	for (; at < count && !is_cancelled(cancel); at++) {
		struct quote quote = quote_store_get(&library->store, at);
		ret_candidates[at] = has_author(&quote, &author_words) && has_all(&quote, &words);
	}
	strings_finish(&words);
	strings_finish(&author_words);
	return at == count;
}
