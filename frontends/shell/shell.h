/** The commands of the shell: quoted quote, quoted list, quoted check, quoted get.
 * quoted deliver, queue and subscribers are of the mail front end. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_H
#define QUOTED_FRONTENDS_SHELL_SHELL_H

#include "core/choice/quoter.h"
#include "frontends/kit/output.h"
#include "frontends/shell/shell_options.h"
#include "frontends/shell/shell_printing.h"

/** quoted quote. */
int shell_quote(const struct shell_options *options, struct quoter *quoter, struct output *out,
	struct error *reterr);

/**
 * quoted quote for one random quote of files, from \p counts, a library that was only counted:
 * draws a file by the number of its quotes and one of them, again if the filter does not take it,
 * and loads only that file. So the chances are those of shell_quote(), but that a quote which
 * several files hold has the chance of each. Returns false, with nothing printed, if it is not that
 * simple (commands, or a filter beside percentages or equal files) or it finds none soon; then
 * shell_quote() has to do it.
 */
bool shell_draw(const struct shell_options *options, struct library *counts, struct rng *rng,
	struct output *out);

/** quoted quote -m: prints every quote that is selected and matches, and the name of each file once
 * on standard error. */
int shell_match(struct shell_printing *printing, struct error *reterr);

/**
 * quoted get: asks a QOTD server (RFC 865) and prints its answer, or what came of it. Needs no
 * quotes. Blocks, for at most the timeout of \p options once the name is found; how long that takes
 * is up to the system. Returns the exit status: EX_NOHOST, EX_UNAVAILABLE, EX_TEMPFAIL (too late)
 * or EX_PROTOCOL (too long), with a sentence in \p reterr.
 */
int shell_get(const struct shell_options *options, struct output *out, struct error *reterr);

/** quoted list. */
int shell_list(const struct shell_options *options, const struct quoter *quoter, struct output *out,
	struct error *reterr);

/**
 * quoted check: prints what is odd in the lines of each file, counted by kind or, if \p options are
 * verbose, each with its line; then the errors, the findings of \p options on files that were not
 * loaded and the \p warnings of loading; then what was mended in each file, and what fits each
 * wire. Returns 1 if there is an error: a file cannot be read, is damaged or holds no quote, its
 * .dat file belongs to another text, or a wire has nothing to show.
 */
int shell_check(const struct shell_options *options, struct quoter *quoter,
	const struct strings *warnings, struct output *out);

/** quoted check if the quotes could not be loaded: prints the findings and \p warnings. */
int shell_check_nothing(
	const struct shell_options *options, const struct strings *warnings, struct output *out);

#endif
