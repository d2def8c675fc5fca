#include "core/base/suggest.h"

#include <ctype.h>
#include <stdbool.h>
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

const char *suggest_nearest(const char *word, const char *const *candidates, size_t count)
{
	const char *nearest = NULL;
	size_t length = strlen(word);
	if (length < 2 || length > WORD_MAX)
		return NULL;
	size_t best = (length < 3 ? 1 : length / 3) + 1;
	for (size_t i = 0; i < count; i++) {
		if (strlen(candidates[i]) > WORD_MAX)
			continue;
		size_t found = distance(word, candidates[i]);
		if (found < best) {
			best = found;
			nearest = candidates[i];
		}
	}
	return nearest;
}
