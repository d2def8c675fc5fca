/** The files of a configuration, and what they include. */
#ifndef QUOTED_CONFIG_CONFIG_FILES_H
#define QUOTED_CONFIG_CONFIG_FILES_H

#include <stddef.h>

#include "config/config_tree.h"
#include "core/base/strings.h"

/** The setting that includes a file. */
#define CONFIG_FILES_INCLUDE "include"

/** Octets of a file, and files in all, at the most. */
enum { CONFIG_FILES_SIZE_MAX = 1048576, CONFIG_FILES_MAX = 256 };

/**
 * Reads the file \p path in the syntax of config_tree.h. At its top, include = "PATH" reads another
 * file too, or all files *.conf of a directory in the order of their names; a path that does not
 * begin with a slash is seen from the file that includes it. What is included stands behind the
 * rest in \p ret_tree, which refers to the names in \p ret_files; config_tree_finish() and
 * strings_finish() free them. Appends "FILE:LINE: what is wrong" to \p problems for each mistake.
 */
void config_files_read(const char *path, struct config_tree *ret_tree, struct strings *ret_files,
	struct strings *problems);

/** The same from \p length octets of text; \p name stands for the path. */
void config_files_parse(const char *name, const char *text, size_t length,
	struct config_tree *ret_tree, struct strings *ret_files, struct strings *problems);

#endif
