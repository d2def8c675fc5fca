/** Settings as data: a row a setting, read by the parser, the documentation and the tests. */
#ifndef QUOTED_CONFIG_SETTING_H
#define QUOTED_CONFIG_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/strings.h"

/** The type of a setting, and of the field it is stored in. */
enum setting_type {
	SETTING_TYPE_STRING,  /* char *, never NULL, UTF-8 */
	SETTING_TYPE_STRINGS, /* struct strings */
	SETTING_TYPE_INTEGER, /* long, from minimum to maximum */
	SETTING_TYPE_BOOLEAN, /* bool */
	SETTING_TYPE_CHOICE,  /* char *, one of choices */
};

/** One setting of a section. A table of these ends with a row whose name is NULL. */
struct setting {
	const char *name;
	enum setting_type type;
	size_t offset;        /* of its field in the options struct */
	const char *fallback; /* the default as quoted.conf writes it: text, {"a", "b"}, 12, true */
	long minimum;
	long maximum;     /* 0 with minimum 0: any */
	const char *help; /* one line with the unit, no full stop; a comment in quoted.conf */
	const char *const *choices; /* the words of a choice, ending with NULL */
	/** Checks a text, or each of a list, that is not empty; says what is wrong, without the
	 * setting's name. NULL: any text will do. */
	bool (*check)(const char *text, struct error *reterr);
	const char *listens;  /* "tcp" or "udp", of addresses to listen on; NULL: it is not */
	const char *required; /* what to write if it is empty; NULL: it may be */
};

/**
 * Reads \p text into the field of \p row: replaces a string, an integer or a boolean, appends to a
 * list. Returns false, with the field unchanged, if the text does not fit the type, range or check;
 * \p reterr then says what was expected, without the setting's name.
 */
bool setting_assign(
	const struct setting *row, void *options, const char *text, struct error *reterr);

/** Returns whether the text of \p row is set, or needs not be. If not, says what to write. */
bool setting_is_set(const struct setting *row, const void *options, struct error *reterr);

/** Checks every text of \p options, as setting_assign() and setting_is_set() do, for options that
 * no file has set. Returns false with "NAME: what is wrong". */
bool setting_check(const struct setting *rows, const void *options, struct error *reterr);

/** Frees the value of \p row and leaves it zero: an empty list, no string. */
void setting_clear(const struct setting *row, void *options);

/** Fills \p options, zeroed by the caller, with every row's default. */
void setting_defaults(const struct setting *rows, void *options);

/** Appends the value of \p row as quoted.conf has it, like a default; "" for no string. */
void setting_print(const struct setting *row, const void *options, struct buffer *out);

/** Fills \p options, zeroed by the caller, with the values of \p from. */
void setting_copy(const struct setting *rows, void *options, const void *from);

/** Returns whether every row has the same value in both. */
bool setting_equal(const struct setting *rows, const void *left, const void *right);

/** Frees what the fields own; the struct itself is the caller's. */
void setting_finish(const struct setting *rows, void *options);

#endif
