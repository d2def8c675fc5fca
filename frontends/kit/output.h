/** Standard output that remembers a failure. */
#ifndef QUOTED_FRONTENDS_KIT_OUTPUT_H
#define QUOTED_FRONTENDS_KIT_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "core/base/error.h"
#include "frontends/kit/json_writer.h"

/** Where answers go; after a failure nothing more is written. */
struct output {
	FILE *file;  /* borrowed */
	int failure; /* the errno of the first failure; 0: none */
};

/** Writes the string \p text. */
void output_add(struct output *output, const char *text);

/** Writes what printf would print. */
void output_format(struct output *output, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Writes the string \p text as utf8_escape() has it, so that a terminal obeys none of it. */
void output_foreign(struct output *output, const char *text);

/** Writes what printf would print as output_foreign() does, and a line feed. */
void output_line(struct output *output, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/** Writes \p value on a line of its own, and frees it. */
void output_json(struct output *output, struct json_writer *value);

/** Writes a time in the process's zone: "2026-11-27 05:00:00". */
void output_time(struct output *output, time_t when);

/** Writes what is still in the buffer. Returns false, with "standard output: " and the reason, if
 * that or anything before it failed. */
bool output_flush(struct output *output, struct error *reterr);

#endif
