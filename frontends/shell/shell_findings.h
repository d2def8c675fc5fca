/** What quoted check finds in the lines of files, counted by kind and file. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_FINDINGS_H
#define QUOTED_FRONTENDS_SHELL_SHELL_FINDINGS_H

#include "core/library/library.h"
#include "frontends/kit/output.h"

/** One kind of finding in one file. */
struct shell_finding {
	uint32_t file; /* index in the library */
	char *what;    /* "trailing blanks, removed" */
	size_t count;
	size_t line; /* the first */
};

/** All zero is none. */
struct shell_findings {
	struct shell_finding *items; /* in the order of the files */
	size_t count;
};

/** Counts a finding; those of a file come after those of the files before it. */
void shell_findings_add(
	struct shell_findings *findings, uint32_t file, size_t line, const char *what);

/** Prints a line for each kind: how often it was found, in how many files, and where first. */
void shell_findings_print(
	const struct shell_findings *findings, const struct library *library, struct output *out);

/** Prints a JSON object for each file, with its path, its numbers of quotes and of duplicates, and
 * its findings. */
void shell_findings_print_json(
	const struct shell_findings *findings, const struct library *library, struct output *out);

/** Frees the findings; there are none afterwards. */
void shell_findings_finish(struct shell_findings *findings);

#endif
