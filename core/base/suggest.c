#include "core/base/suggest.h"

#include <ctype.h>
#include <string.h>

enum { WORD_MAX = 63 };

static size_t minimum(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool is_same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* The optimal string alignment distance; rows[1] and rows[2] are the two rows before rows[0]. */
static size_t distance(const char *a, const char *b)
{
	size_t b_length = strlen(b);
	size_t rows[3][WORD_MAX + 1];
	for (size_t j = 0; j <= b_length; j++)
		rows[0][j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		memcpy(rows[2], rows[1], sizeof rows[1]);
		memcpy(rows[1], rows[0], sizeof rows[0]);
		rows[0][0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t replaced = rows[1][j - 1] + !is_same(a[i - 1], b[j - 1]);
			size_t shifted = minimum(rows[1][j], rows[0][j - 1]) + 1;
			rows[0][j] = minimum(replaced, shifted);
			if (i > 1 && j > 1 && is_same(a[i - 1], b[j - 2]) &&
				is_same(a[i - 2], b[j - 1]))
				rows[0][j] = minimum(rows[0][j], rows[2][j - 2] + 1);
		}
	}
	return rows[0][b_length];
}

bool suggest_offer(struct suggestion *suggestion, const char *candidate)
{
	size_t length = strlen(suggestion->word);
	size_t other = strlen(candidate);
	size_t most = length < 3 ? 1 : length / 3;
	/* At least the difference of their lengths differs. */
	if (length < 2 || length > WORD_MAX || other > WORD_MAX || other > length + most ||
		length > other + most)
		return false;
	size_t found = distance(suggestion->word, candidate);
	if (suggestion->nearest != NULL ? found >= suggestion->distance : found > most)
		return false;
	suggestion->nearest = candidate;
	suggestion->distance = found;
	return true;
}

const char *suggest_nearest(const char *word, const char *const *candidates, size_t count)
{
	struct suggestion suggestion = {.word = word};
	for (size_t i = 0; i < count; i++)
		suggest_offer(&suggestion, candidates[i]);
	return suggestion.nearest;
}
