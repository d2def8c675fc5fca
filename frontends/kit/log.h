/** Writes messages to stderr, one a line. The daemon calls log_start() for lines with level and
 * time; without it, as at the shell, they are for a person: "quoted: no quote matches 'x'". If
 * stderr is the journal, each line begins with its priority, as in "<3>"; the journal adds the
 * time. */
#ifndef QUOTED_FRONTENDS_KIT_LOG_H
#define QUOTED_FRONTENDS_KIT_LOG_H

#include <stdbool.h>

#include <ev.h>

#include "core/base/strings.h"
#include "frontends/kit/address.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

enum log_form { LOG_FORM_PLAIN, LOG_FORM_JSON };

/** For log_start(). */
struct log_options {
	enum log_level level; /* the least that is written */
	enum log_form form;
	long repeats;          /* lines of one message in that time; 0: no limit */
	double repeat_seconds; /* that time */
	bool full_addresses;   /* of clients and senders; else they are shortened */
};

/** What the daemon takes for repeat_seconds. */
enum { LOG_REPEAT_SECONDS = 60 };

/** From now on lines are "TIME LEVEL NAME: TEXT", or JSON objects. Before, they are "NAME: TEXT" or
 * "NAME: warning: TEXT". Copies \p options; call it again to change them. */
void log_start(const struct log_options *options);

/**
 * From now on, until log_detach(), no line waits for stderr to be read: it is lost, and counted in
 * a later one. Messages above LOG_LEVEL_DEBUG that come too often are held back and counted, as
 * log_repeats_take() tells them apart. \p loop tells how many there were at the end of their time;
 * it wakes for that alone.
 */
void log_attach(struct ev_loop *loop);

/** Tells what is held back, and from now on holds back nothing. Without log_attach() a no-op. */
void log_detach(void);

/** Finds a level by its word ("error", "warning", "info", "debug"). */
bool log_level_parse(const char *word, enum log_level *ret_level);

/**
 * Writes one line as printf does. \p name is the front end's or "quoted". Control characters and
 * octets that are not UTF-8 are written as \xHH, so that no foreign text can forge a line. For the
 * loop's thread.
 */
void log_write(enum log_level level, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** Each writes a line of its level, as log_write() does. */
#define log_error(...) log_write(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_write(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...) log_write(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...) log_write(LOG_LEVEL_DEBUG, __VA_ARGS__)

/** Writes the address of a client as messages show it: "192.0.2.0/24", "2001:db8::/56", "unix", or,
 * with full_addresses, as address_format() does. */
void log_address(const struct address *peer, char ret_text[ADDRESS_TEXT_SIZE]);

/** As log_address(), but the host alone, for programs: "192.0.2.0" or "2001:db8::". */
void log_host(const struct address *peer, char ret_text[ADDRESS_TEXT_SIZE]);

/** Shortens the local part of \p mailbox, wherever \p text has that, to its first character:
 * "a…@example.org". That can add 3 octets each time; what exceeds \p size is cut. With
 * full_addresses it changes nothing. */
void log_shorten_mailbox(char *text, size_t size, const char *mailbox);

/** Writes a warning for each sentence of \p list and empties it. */
void log_warnings(const char *name, struct strings *list);

/** How many files log_passed_over() names. */
enum { LOG_PASSED_OVER_MAX = 10 };

/** Names the files of \p list, see struct library, and says how many more there are. */
void log_passed_over(const char *name, const struct strings *list);

#endif
