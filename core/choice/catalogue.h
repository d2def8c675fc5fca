/** What a wire shows, in the order in which people browse it: by collection and by author. */
#ifndef QUOTED_CORE_CHOICE_CATALOGUE_H
#define QUOTED_CORE_CHOICE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/library/library.h"
#include "core/library/selection.h"

/** Stands for no collection, author or row. */
#define CATALOGUE_NONE UINT32_MAX

/** Languages that are told apart; any further one counts as not known. */
enum { CATALOGUE_LANGUAGES_MAX = 255 };

/** A quote of a collection. One that several collections have has a row in each. */
struct catalogue_row {
	uint32_t quote;      /* its index in the library */
	uint32_t author;     /* CATALOGUE_NONE: it names none */
	uint32_t characters; /* code points of its text with the attribution */
	uint16_t lines;      /* of the same; 65535 or more */
	bool is_repeat;      /* an earlier collection has it too */
	uint8_t language;    /* its place in languages, from 1; 0: not known */
};

/** A collection of files, or an author: all whose names have the same author_key. */
struct catalogue_group {
	uint32_t index; /* in the library: of the collection, or of the first quote that names the
			   author, whose name is shown as written there */
	uint32_t first; /* the first row, or its place in by_author; the others follow */
	uint32_t count; /* of different quotes */
};

/** Never changes once it is made. 16 octets per row and 4 more for each that names an author; the
 * names stay in the library, which must outlive it. All zero is empty. */
struct catalogue {
	const struct library *library;
	struct catalogue_row *rows; /* by collection, then by quote */
	uint32_t row_count;
	uint32_t quote_count;                /* rows that are not repeats */
	struct catalogue_group *collections; /* in the order of the library */
	uint32_t collection_count;
	struct catalogue_group *authors; /* by author_key */
	uint32_t author_count;
	uint32_t *by_author; /* rows that name an author, without repeats; those of each in order */
	uint32_t named_count;
	const char **languages; /* different tags, borrowed from the library */
	uint32_t language_count;
};

/** Makes the catalogue of the files that \p selection shows of \p library. Reads every quote. */
void catalogue_init(struct catalogue *catalogue, const struct library *library,
	const struct selection *selection);

/** Returns the name of a collection, borrowed from the library. */
const char *catalogue_collection_name(const struct catalogue *catalogue, uint32_t collection);

/** Returns the collection of that name; if there is none, the one whose name differs only in the
 * case of ASCII letters; CATALOGUE_NONE if there is none. */
uint32_t catalogue_find_collection(const struct catalogue *catalogue, const char *name);

/** Returns the author of that name, as author_key compares names, or CATALOGUE_NONE. */
uint32_t catalogue_find_author(const struct catalogue *catalogue, const char *name);

/** Returns how many authors have names that begin with \p prefix, as author_key compares them: all
 * if it is empty. Sets \p ret_first to the first of them, or to where they would be. */
uint32_t catalogue_find_authors(
	const struct catalogue *catalogue, const char *prefix, uint32_t *ret_first);

/** Returns the collection that a row is in. */
uint32_t catalogue_collection_of(const struct catalogue *catalogue, uint32_t row);

/** Returns the row of a quote, given by its index in the library, in \p collection or, with
 * CATALOGUE_NONE, in the first that has it; CATALOGUE_NONE if it is not there. */
uint32_t catalogue_row_of(const struct catalogue *catalogue, uint32_t quote, uint32_t collection);

/** As catalogue_row_of() for the quote of the library with \p id. */
uint32_t catalogue_row_with(const struct catalogue *catalogue, uint64_t id, uint32_t collection);

/** Frees it; it is empty afterwards. */
void catalogue_finish(struct catalogue *catalogue);

#endif
