/** What reading a file of quotes takes in any format: its octets in chunks, its charset, and quotes
 * that are cleaned. The memory it takes depends on the longest piece, not on the size of the file.
 */
#ifndef QUOTED_CORE_FORMATS_QUOTE_FILE_H
#define QUOTED_CORE_FORMATS_QUOTE_FILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/strings.h"
#include "core/library/file_report.h"
#include "core/text/decode.h"

/** Enough to tell what a file is: more than the longest known quote. */
enum { QUOTE_FILE_PEEK = 65536 };

/** A part of the file's text, such as a quote or a record. */
struct quote_file_piece {
	const char *text; /* borrowed; need not end in NUL, and may contain NULs */
	size_t length;
	size_t line; /* its first line, from 1 */
};

/** The part of a file's text that is in memory. */
struct quote_file_window {
	const char *text; /* borrowed; need not end in NUL, and may contain NULs */
	size_t length;
	bool at_end;       /* no more text follows */
	uint64_t offset;   /* octets of the file before it */
	size_t start;      /* of the piece that is looked for; what is before it is done with */
	size_t position;   /* up to which that has been looked at */
	size_t start_line; /* lines that ended before the start */
	size_t lines;      /* and before the position */
};

/** A file being read. The caller sets the first fields, of which path, report, warnings, on_quote
 * and on_restart are needed, and leaves the rest 0. */
struct quote_file {
	const char *path;
	const char *charset; /* as iconv names it; NULL or empty: detect it */
	bool is_guessed;     /* the charset was detected: pieces in UTF-8 are read as such */
	bool comments;       /* of a fortune file: leave out lines that start with "%%" even if no
				.dat file says so */
	const atomic_bool *cancel;  /* once true, reading soon fails; NULL: never */
	struct file_report *report; /* set to all zero but charset and delimiter */
	struct strings *warnings;
	/** Takes the text of a quote, cleaned as struct quote requires and valid during the call,
	 * and the number of its first line, from 1. Returns false to stop reading. */
	bool (*on_quote)(void *data, const char *text, size_t length, size_t line);
	/** Takes the id that the quote given last had in another program. May be NULL. */
	void (*on_former_id)(void *data, const char *id, size_t length);
	/** Takes the tags of the quote given last, as struct quote has them. May be NULL. */
	void (*on_tags)(void *data, const char *tags);
	/** Called if the file turns out not to be UTF-8: drop all quotes so far, as it is read
	 * again. May be NULL if charset is set. */
	void (*on_restart)(void *data);
	/** Takes a description of something odd and its line, 0 for the whole file. May be NULL. */
	void (*on_anomaly)(void *data, size_t line, const char *what);
	/** Takes the reason, valid during the call, if the file is not one of quotes; nothing more
	 * is read of it then. NULL: refuse it if it is binary; else read it, and warn. */
	void (*on_other)(void *data, const char *reason);
	void *data;

	/* Set by quote_file_open(): */
	int fd;
	uint64_t size; /* octets */
	size_t mark;   /* octets of the byte order mark that the file begins with */
	struct quote_file_window window;

	/* Private to quote_file.c: */
	struct decoder *utf16;   /* NULL: the file is not UTF-16 */
	struct buffer coded;     /* not yet decoded from that */
	struct decoder *decoder; /* NULL: the file has been UTF-8 so far */
	bool begun;
	bool not_utf8; /* it is not, and must be read again */
	bool stopped;  /* on_quote returned false */
	bool failed;   /* for this reason: */
	struct error error;
	size_t left_out; /* records, the first of them on this line, for this reason: */
	size_t left_out_line;
	char *left_out_reason;
	struct buffer raw;
	struct buffer decoded;
	struct buffer quote;
};

/** Opens the file. Returns false with "PATH: REASON"; quote_file_finish() is due even then. */
bool quote_file_open(struct quote_file *file, struct error *reterr);

/** Appends what the text begins with, up to QUOTE_FILE_PEEK octets of the file, to \p out: UTF-16
 * as UTF-8, all else as it is. Returns false with "PATH: REASON". */
bool quote_file_peek(const struct quote_file *file, struct buffer *out, struct error *reterr);

/**
 * Begins to read the text from its start: the first time, and once more if it turned out not to be
 * UTF-8. Returns false if the text is read, or cannot be read. To read a file:
 *
 *     while (quote_file_begin(file))
 *         while (quote_file_read(file))
 *             take the pieces in file->window
 *     return quote_file_end(file, reterr);
 *
 * The charset is what a byte order mark says, of UTF-8 or UTF-16; else the one that is set; else
 * UTF-8 if all pieces are valid in it or "PATH.u8" exists; else what charset_guess() says, but for
 * pieces that are UTF-8. The mark is not part of the text.
 */
bool quote_file_begin(struct quote_file *file);

/** Puts more text into the window, behind its start. Then take the pieces in it, with
 * quote_file_decode() and quote_file_add(), until quote_file_is_done(), and move its start and
 * position. Returns false at the end of the text, if no more is wanted, and on failure. */
bool quote_file_read(struct quote_file *file);

/** Appends to the warnings a sentence on undecodable octets, on records that were left out, on a
 * file without quotes, and if on_quote stopped the reading. Returns false with "PATH: REASON" if
 * the file cannot be read, its charset is unknown or reading was cancelled, or as quote_file_fail()
 * said. */
bool quote_file_end(struct quote_file *file, struct error *reterr);

/** Closes the file and frees what reading it took. */
void quote_file_finish(struct quote_file *file);

/** Returns whether no more pieces are wanted, for now or at all. */
bool quote_file_is_done(const struct quote_file *file);

/** Returns the piece from the window's start to octet \p end; the next one starts at the position.
 */
struct quote_file_piece quote_file_cut(struct quote_file_window *window, size_t end);

/** Turns \p piece to UTF-8, and by ROT13 if the report says so; it is then valid until the next
 * call. Returns false if the file must be read again. */
bool quote_file_decode(struct quote_file *file, struct quote_file_piece *piece);

/** Cleans \p piece, decoded text, and gives it to on_quote. Returns false if nothing is left, after
 * counting it, and if on_quote does not take it. */
bool quote_file_add(struct quote_file *file, const struct quote_file_piece *piece);

/** Reports what cleaning would remove from \p piece, decoded text, if on_anomaly is set. */
void quote_file_lint(const struct quote_file *file, const struct quote_file_piece *piece);

/** Counts and reports the record at \p line, which is not a quote. */
void quote_file_leave_out(struct quote_file *file, size_t line, const char *reason);

/** Makes reading fail with "PATH:LINE: REASON". */
void quote_file_fail(struct quote_file *file, size_t line, const char *reason);

/** Tells on_anomaly, if it is set, of something odd at \p line; 0: in the whole file. */
void quote_file_report(const struct quote_file *file, size_t line, const char *what);

/** Adds the path and \p what, such as ": contains no quotes", to the warnings. */
void quote_file_warn(struct quote_file *file, const char *what);

/** For tests: sets how many octets are read at once; 0 restores the default. */
void quote_file_set_chunk(size_t octets);

#endif
