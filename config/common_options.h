/** What the command lines of the daemon and of the shell share: whose quotes, and chance. */
#ifndef QUOTED_CONFIG_COMMON_OPTIONS_H
#define QUOTED_CONFIG_COMMON_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/strings.h"

/** The percentage of a file that takes its part of the rest. */
enum { COMMON_OPTIONS_NO_PERCENT = -1 };

/** All zero is an empty command line. */
struct common_options {
	const char *config_path; /* borrowed from argv; NULL: no configuration file */
	bool seeded;             /* the seed decides every choice */
	uint64_t seed;
	struct strings quotes; /* specs that replace the configured quotes; empty: as configured */
	long *percents;        /* of each spec, or COMMON_OPTIONS_NO_PERCENT; NULL: none has one */
	bool equal;            /* every file has the same chance */
	bool offensive;        /* offensive files too */
	bool only_offensive;   /* no others */
};

/** Reads the value of --seed, a decimal number below 2^64. Returns false with "--seed: ...". */
bool common_options_take_seed(
	struct common_options *options, const char *text, struct error *reterr);

/** Returns whether \p word is a spec, as source_find() reads it, and not the name of a file. */
bool common_options_is_spec(const char *word);

/** Appends the spec of the file or directory \p path, in the format that file_source_guess() finds;
 * what is a spec already, as it is. */
void common_options_add_file(struct strings *quotes, const char *path);

/** Returns the seed that was given, else \p fallback. */
uint64_t common_options_seed(const struct common_options *options, uint64_t fallback);

/** Frees the lists; the options are empty afterwards. */
void common_options_finish(struct common_options *options);

#endif
