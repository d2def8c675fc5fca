/** The .dat file that strfile(1) writes beside a fortune file. Pure. */
#ifndef QUOTED_CORE_FORMATS_STRFILE_H
#define QUOTED_CORE_FORMATS_STRFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

enum { STRFILE_HEADER_SIZE = 24 };

/** The flags in its header. */
enum {
	STRFILE_RANDOM = 0x1,
	STRFILE_ORDERED = 0x2,
	STRFILE_ROTATED = 0x4,  /* the text is in ROT13 */
	STRFILE_COMMENTS = 0x8, /* lines that start with two delimiters are comments */
};

/** What it contains; offsets is the caller's to free. */
struct strfile {
	uint32_t flags;
	char delimiter;
	uint64_t *offsets; /* of the quotes in the text, sorted */
	size_t count;
	bool matches;   /* the offsets are possible for a text of the given size */
	size_t matched; /* offsets at which quotes of the text begin so far; see strfile_match() */
};

/**
 * Reads a header of 24 octets (big-endian: version 1 or 2, number of quotes N, longest, shortest,
 * flags, the delimiter and three zeros) and N + 1 offsets of 4 octets, or of 8 as FreeBSD writes
 * them. One of the offsets should be \p text_size, the size of the text in octets. Returns false
 * with the damage, and nothing to free, if the table is malformed.
 */
bool strfile_parse(const char *data, size_t length, uint64_t text_size, struct strfile *ret_table,
	struct error *reterr);

/** Returns whether it says that a quote begins at \p offset of the text. */
bool strfile_has(const struct strfile *table, uint64_t offset);

/** Counts the offset at which the next quote of the text begins, from the start of the text on:
 * matched is the count in the end only if all of them are those of the table. */
void strfile_match(struct strfile *table, uint64_t offset);

#endif
