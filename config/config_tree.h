/** The syntax of quoted.conf: text becomes a tree that knows where each part stands. Pure. */
#ifndef QUOTED_CONFIG_CONFIG_TREE_H
#define QUOTED_CONFIG_CONFIG_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/strings.h"

/** Sections in sections at the most. */
enum { CONFIG_TREE_DEPTH_MAX = 4 };

enum config_tree_kind {
	CONFIG_TREE_KIND_SECTION, /* NAME "TITLE" { SETTINGS }; the whole file is one too */
	CONFIG_TREE_KIND_SETTING, /* NAME = VALUE, or NAME = {VALUE, VALUE} */
	CONFIG_TREE_KIND_VALUE,
};

/** A part of the text. */
struct config_tree {
	enum config_tree_kind kind;
	char *text;                /* the name of a section or a setting; the text of a value */
	char *title;               /* of a section; NULL: it has none */
	bool is_list;              /* a setting whose values stand in braces */
	const char *file;          /* borrowed: the name that was given */
	int line;                  /* of its first octet, from 1 */
	int column;                /* octets from the start of the line, from 1 */
	struct config_tree *parts; /* the settings and sections of a section; values of a setting */
	size_t count;
};

/**
 * Reads \p length octets of \p text, whose file is called \p name; the name outlives the result,
 * which config_tree_finish() frees.
 *
 *   name = value   name = {value, "value", 'value'}   name "title" { ... }
 *
 * A value is a word, or text in quotes: in "" these are known: \n, \t, \\ and \"; in '' only \'
 * and \\. Comments begin with # or //, or are C's. Lines end in LF, CR LF or CR alone. UTF-8 byte
 * order marks are skipped, but for those within a word or text in quotes.
 *
 * Appends "NAME:LINE:COLUMN: what is wrong" to \p problems for each mistake, and goes on after it
 * if it can; the tree holds what was understood.
 */
void config_tree_read(const char *name, const char *text, size_t length,
	struct config_tree *ret_tree, struct strings *problems);

/** Frees what it owns. */
void config_tree_finish(struct config_tree *tree);

#endif
