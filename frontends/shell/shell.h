/** The quotes at the shell: quoted quote, quoted list, quoted check. */
#ifndef QUOTED_FRONTENDS_SHELL_SHELL_H
#define QUOTED_FRONTENDS_SHELL_SHELL_H

#include "core/choice/quoter.h"
#include "frontends/shell/output.h"
#include "frontends/shell/shell_options.h"
#include "frontends/shell/shell_printing.h"

/**
 * Does what \p options ask with the quotes of \p quoter, to whose wires it may add one; answers go
 * to \p out. \p warnings are those of loading. Without a quoter, for a check alone, there are no
 * quotes in the files that the command line names, for the reason in \p reterr. Returns the
 * exit status, 1 with a sentence in \p reterr where nothing was found; the sentence is empty where
 * all is said.
 */
int shell_run(const struct shell_options *options, struct quoter *quoter,
	const struct strings *warnings, struct output *out, struct error *reterr);

/** quoted quote. */
int shell_quote(const struct shell_options *options, struct quoter *quoter, struct output *out,
	struct error *reterr);

/** quoted quote -m: every quote that matches, the name of its file once on standard error. */
int shell_match(const struct shell_options *options, struct quoter *quoter,
	struct shell_printing *printing, struct error *reterr);

/** quoted list. */
int shell_list(const struct shell_options *options, const struct quoter *quoter, struct output *out,
	struct error *reterr);

/** quoted check: 1 where a file cannot be read, is damaged or holds no quote, its .dat file does
 * not belong to it, or a wire has nothing to show. \p findings are of files that were not loaded.
 */
int shell_check(struct quoter *quoter, const struct strings *findings,
	const struct strings *warnings, struct output *out);

/** quoted check of files of which none could be loaded, for \p reason, which is said and empty
 * then. */
int shell_check_nothing(const struct strings *findings, const struct strings *warnings,
	struct error *reason, struct output *out);

#endif
