/** A quote as IRC shows it: folded, with its id at the end, in lines that are never cut. Pure. */
#ifndef QUOTED_FRONTENDS_IRC_ANSWER_IRC_LAYOUT_H
#define QUOTED_FRONTENDS_IRC_ANSWER_IRC_LAYOUT_H

#include "core/choice/render.h"
#include "core/library/quote_id.h"
#include "frontends/irc/irc_options.h"
#include "frontends/irc/message/irc_reply.h"

/** What stands around a quote. */
struct irc_layout {
	size_t number;    /* of the match of a search, from 1 */
	size_t count;     /* of the matches; not shown if it is under 2 */
	int id_length;    /* letters of the id to show */
	const char *link; /* address of its page, shown if there is room; NULL: none */
};

/** Returns the fit for which every quote is picked: the least room that a configured channel or a
 * nickname of 32 octets leaves, beside a host of 63 octets and the id. */
struct quote_fit irc_layout_fit(const struct irc_options *options);

/**
 * Appends the lines of "(1 of 3) quote | text [tpset9vw] https://..." that send \p quote as \p
 * reply says, at most \p max_lines. Returns false, with nothing appended, if they are more or the
 * quote is a drawing.
 */
bool irc_layout_lines(const struct irc_reply *reply, const struct quote *quote,
	const struct irc_layout *layout, size_t max_lines, struct strings *out);

/** Splits a text that ends with an id in brackets, and perhaps a link, as ours do. Returns its
 * length before these, and the id; 0 if it has none. */
size_t irc_layout_split(const char *text, char ret_id[QUOTE_ID_LENGTH + 1]);

#endif
