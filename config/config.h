/** quoted.conf, read into option structs. */
#ifndef QUOTED_CONFIG_CONFIG_H
#define QUOTED_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "config/config_tree.h"
#include "config/daemon_options.h"
#include "config/setting.h"
#include "core/base/error.h"
#include "core/base/strings.h"

/** A kind of section. A table of these ends with a row whose name is NULL. */
struct config_schema {
	const char *name;               /* "qotd" */
	const struct setting *settings; /* its rows */
	size_t options_size;            /* octets of the struct the rows describe */
};

/** One section: qotd "default" { ... }. */
struct config_section {
	const struct config_schema *schema; /* borrowed */
	char *name;                         /* "qotd.default" */
	char *title;                        /* 1 to 32 of A-Z a-z 0-9 . _ - */
	void *options;
	const struct config_tree *tree; /* as it was written; NULL: it is in no file */
};

/** All of a configuration; owns its parts. */
struct config {
	struct daemon_options daemon;
	struct config_section
		*sections; /* in the order of the schemas, those of a kind as written */
	size_t section_count;
	struct config_tree tree; /* as it was written, what was included behind the rest */
	struct strings files;    /* the names of the files */
};

/**
 * Reads the file \p path as config_files_read() does and checks it against the rows. \p schemas
 * outlives the result, which config_finish() frees. Appends "FILE:LINE: SECTION.SETTING: what is
 * wrong" to \p problems for each mistake, and returns whether there was none; if there was one,
 * \p ret_config is empty.
 */
bool config_read(const char *path, const struct config_schema *schemas, struct config *ret_config,
	struct strings *problems);

/** The same from \p length octets of text; \p name stands for the path. */
bool config_parse(const char *name, const char *text, size_t length,
	const struct config_schema *schemas, struct config *ret_config, struct strings *problems);

/**
 * Puts "FILE:LINE: SECTION." before an error that a front end has with the options of \p section,
 * "FILE:LINE: " before one with those of the daemon if \p section is NULL. The error begins with
 * the name of a setting, one of the daemon also with the collection that it is in, as in
 * 'collection "x": weight: ...'. If the setting is not set, the line is that of the section, and an
 * error without a section stays as it is. Returns false, as the caller does.
 */
bool config_locate(
	const struct config *config, const struct config_section *section, struct error *error);

/** Says that the setting \p name of the daemon is not the file's any more. */
void config_forget_line(struct config *config, const char *name);

/** Adds a section with all defaults, whose title can be any text, and returns its options. */
void *config_add_section(
	struct config *config, const struct config_schema *schema, const char *title);

/** Exchanges the options, names and titles of two sections of the same kind and title. */
void config_exchange_options(struct config_section *left, struct config_section *right);

/** Removes all sections of a kind. */
void config_remove_sections(struct config *config, const char *kind);

/** Appends every setting of \p config with its value, as quoted.conf would have it. There are no
 * secrets among them: those are in files of their own. */
void config_print(const struct config *config, struct buffer *out);

/** Frees the parts; the configuration is empty afterwards. */
void config_finish(struct config *config);

#endif
