/** The log: a line an event on stderr, "LEVEL NAME: TEXT", with the time where no journal adds it.
 */
#ifndef QUOTED_FRONTENDS_KIT_LOG_H
#define QUOTED_FRONTENDS_KIT_LOG_H

#include <stdbool.h>

#include "core/base/strings.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/** Sets what is written; info and worse until then. */
void log_set_level(enum log_level level);

/** Finds a level by its word ("error", "warning", "info", "debug"). */
bool log_level_parse(const char *word, enum log_level *ret_level);

/**
 * Each writes one line as printf does. \p name is the front end's or "quoted". Control characters
 * and what is no UTF-8 are written as \xHH, so nothing foreign can forge a line. For the loop's
 * thread.
 */
void log_error(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_warning(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_info(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_debug(const char *name, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Writes a warning for each sentence of \p list, which is empty then. */
void log_warnings(const char *name, struct strings *list);

#endif
