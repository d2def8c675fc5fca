/** Appends lines to a file without ever waiting for it: what cannot be written is lost, and the log
 * says so, at most once a minute. */
#ifndef QUOTED_FRONTENDS_WEB_ACCESS_LOG_H
#define QUOTED_FRONTENDS_WEB_ACCESS_LOG_H

#include <stdbool.h>
#include <stddef.h>

#include <ev.h>

#include "core/base/error.h"

enum { ACCESS_LOG_TELL_SECONDS = 60 };

struct access_log;

/** Checks that a file \p path is there and can be written, or can be made. */
bool access_log_check(const char *path, struct error *reterr);

/** Makes one that is closed. \p name, of the log lines, and \p path are borrowed. */
struct access_log *access_log_create(struct ev_loop *loop, const char *name, const char *path);

/**
 * Opens the file, made with mode 0640 if there is none. It may be a FIFO: until it has a reader,
 * lines are lost. Returns false if it cannot be opened.
 */
bool access_log_open(struct access_log *log, struct error *reterr);

/** Opens the file anew, as after a rotation. If that fails, says so and goes on with the old one.
 * Does nothing if it is closed. */
void access_log_reopen(struct access_log *log);

/** Appends a line of \p length octets, with one write(2). Does nothing if it is
 * closed. */
void access_log_write(struct access_log *log, const char *line, size_t length);

/** Logs how many lines were lost, and closes the file; idempotent. */
void access_log_close(struct access_log *log);

/** Closes and frees; NULL is a no-op. */
void access_log_destroy(struct access_log *log);

#endif
