#include "core/library/name_guess.h"

#include <ctype.h>
#include <string.h>

#include "core/base/utf8.h"

enum { OCTETS_MAX = 120, WORDS_MAX = 5, ABBREVIATION_MAX = 4 };

/* These end a name; more may follow. */
static const char ends[] = ",(\"";

static size_t word_length(const char *text, size_t length)
{
	size_t at = 0;
	while (at < length && text[at] != ' ' && strchr(ends, text[at]) == NULL)
		at++;
	return at;
}

static bool is_particle(const char *word, size_t length)
{
	static const char *const particles[] = {"&", "al", "and", "bin", "d'", "da", "das", "de",
		"del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "el", "et", "of",
		"la", "le", "ten", "the", "und", "van", "von", "y", "zu"};
	for (size_t i = 0; i < sizeof particles / sizeof particles[0]; i++)
		if (strlen(particles[i]) == length && memcmp(particles[i], word, length) == 0)
			return true;
	return false;
}

/* Letters, and what stands between the letters of a name; the first is not a small one. */
static bool is_name_word(const char *word, size_t length)
{
	if (!utf8_is_alphanumeric(word, length) || utf8_is_lower(word, length))
		return false;
	for (size_t at = 0; at < length; at += utf8_code_point(word + at, length - at))
		if ((unsigned char)word[at] < 0x80 && strchr(".'-", word[at]) == NULL &&
			!utf8_is_alphanumeric(word + at, length - at))
			return false;
	return true;
}

/* A full stop is one of a sentence unless it belongs to an abbreviation such as "Jr.". */
static bool ends_as_sentence(const char *text, size_t length)
{
	if (strchr("!?:;,-/|_=~", text[length - 1]) != NULL)
		return true;
	if (text[length - 1] != '.')
		return false;
	const char *blank = memrchr(text, ' ', length);
	size_t last = blank != NULL ? (size_t)(text + length - blank) - 1 : length;
	return last > ABBREVIATION_MAX || last < 2 || text[length - 2] == '.';
}

bool name_guess(const char *text, size_t length)
{
	int words = 0;
	size_t at = 0;
	if (length == 0 || length > OCTETS_MAX || isdigit((unsigned char)text[0]) ||
		ends_as_sentence(text, length))
		return false;
	while (at < length && strchr(ends, text[at]) == NULL) {
		size_t size = word_length(text + at, length - at);
		if (is_name_word(text + at, size))
			words++;
		else if (words == 0 || !is_particle(text + at, size))
			return false;
		at += size;
		while (at < length && text[at] == ' ')
			at++;
	}
	return words > 0 && words <= WORDS_MAX;
}
