#include "frontends/keeper/ask.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/choice/quoter.h"
#include "core/search/search.h"
#include "core/search/search_query.h"

enum {
	LOOKED_AT_MAX = 100, /* hits that are laid out to see whether they fit */
};

const char ask_reason_busy[] = "Too many searches are waiting; try again in a moment.";
const char ask_reason_stopping[] = "The server is stopping; try again in a moment.";

bool ask_says_nothing(const char *text)
{
	static const char *const polite[] = {
		"", "please", "pls", "plz", "thanks", "thankyou", "thx", "bitte", "danke", "merci"};
	char letters[sizeof "thankyou"];
	size_t count = 0;
	size_t length = strlen(text);
	for (size_t at = 0; at < length; at += utf8_code_point(text + at, length - at)) {
		if (!utf8_is_alphanumeric(text + at, length - at))
			continue;
		if (!utf8_is_ascii(text + at, 1) || count == sizeof letters - 1)
			return false;
		letters[count++] = text[at];
	}
	letters[count] = '\0';
	for (size_t i = 0; i < sizeof polite / sizeof polite[0]; i++)
		if (strcasecmp(letters, polite[i]) == 0)
			return true;
	return false;
}

bool ask_fits(const struct quote_fit *fit, const struct quote *quote)
{
	if (render_fit_takes_all(fit))
		return true;
	struct buffer text = {0};
	bool fits = render_quote(quote, fit, &text);
	buffer_finish(&text);
	return fits;
}

static bool takes_all(const struct ask *ask)
{
	return render_fit_takes_all(&ask->fit) && quote_filter_takes_all(&ask->filter);
}

struct search_options ask_hits(const struct ask *ask)
{
	if (ask->limit == 0)
		return (struct search_options){.offset = ask->offset, .limit = SEARCH_HITS_MAX};
	if (takes_all(ask))
		return (struct search_options){.offset = ask->offset, .limit = ask->limit};
	return (struct search_options){.limit = LOOKED_AT_MAX};
}

void ask_choose(const struct ask *ask, struct quoter *quoter, unsigned wire,
	const struct search_hits *hits, struct ask_answer *ret_answer)
{
	size_t limit = ask->limit > 0 ? ask->limit : hits->count;
	struct quote *quotes = mem_alloc((hits->count + 1) * sizeof *quotes);
	size_t count = 0;
	size_t known = 0;
	size_t wanted = 0;
	for (size_t i = 0; i < hits->count && count < limit; i++) {
		struct quote *quote = &quotes[count];
		if (quoter_find(quoter, wire, hits->ids[i], hits->ids[i], quote) == 0)
			continue;
		known++;
		if (!quote_filter_takes(&ask->filter, quote))
			continue;
		wanted++;
		count += ask_fits(&ask->fit, quote);
	}
	*ret_answer = (struct ask_answer){.quotes = quotes, .count = count, .total = hits->total};
	if (hits->total == 0)
		ret_answer->outcome = ASK_OUTCOME_NONE;
	else if (hits->count > 0 && known == 0)
		ret_answer->outcome = ASK_OUTCOME_LATER;
	else if (count == 0 && !takes_all(ask))
		ret_answer->outcome = wanted == 0 ? ASK_OUTCOME_NONE : ASK_OUTCOME_TOO_LONG;
}

void ask_echo(const char *text, char ret_echo[ASK_ECHO_SIZE])
{
	size_t length = strlen(text);
	size_t kept = 0;
	for (size_t at = 0, step; at < length; at += step, kept += step) {
		step = utf8_visible(text + at, length - at);
		const char *shown = step > 0 ? text + at : "?";
		step = step > 0 ? step : 1;
		if (kept + step > ASK_ECHO_MAX) {
			memcpy(ret_echo + kept, "...", sizeof "...");
			return;
		}
		memcpy(ret_echo + kept, shown, step);
	}
	ret_echo[kept] = '\0';
}

void ask_doubt(const struct ask *ask, struct quoter *quoter, unsigned wire, struct error *sentence,
	struct ask_answer *answer)
{
	bool none = answer->outcome == ASK_OUTCOME_NONE;
	if ((!none && answer->outcome != ASK_OUTCOME_FOUND) ||
		!search_query_doubt_for(ask->text, quoter_library(quoter),
			quoter_selection(quoter, wire), sentence))
		return;
	answer->doubt = sentence->text;
	if (none)
		answer->reason = sentence->text;
}

static const char *none(const struct ask *ask)
{
	bool any = quote_filter_takes_all(&ask->filter);
	switch (ask->kind) {
	case ASK_KIND_RANDOM:
	case ASK_KIND_LIST:
		if (ask->language != NULL)
			return "No quote in that language matches.";
		if (ask->collection == NULL && ask->author == NULL)
			return any ? "There are no quotes." : "No quote has the length asked for.";
		return any ? "No quote is both in this collection and by this author."
			   : "No quote in this collection or by this author has the length asked "
			     "for.";
	case ASK_KIND_TODAY:
	case ASK_KIND_DAY:
		return "There is no quote of the day.";
	case ASK_KIND_ID:
		return "No quote has this id.";
	case ASK_KIND_SEARCH:
	case ASK_KIND_ID_OR_WORDS:
		break;
	}
	return any ? "No quote matches '%s'." : "No quote of the length asked for matches '%s'.";
}

static const char *malformed(const struct ask *ask)
{
	if (ask->kind == ASK_KIND_LIST)
		return "The list has no such place; begin with its first page.";
	return ask->kind == ASK_KIND_DAY ? "'%s' is not a date; write it as 2026-11-24."
					 : "An id has 4 to 12 letters and digits.";
}

static const char *too_long(const struct ask *ask)
{
	if (ask->kind == ASK_KIND_TODAY)
		return "Today's quote is too long for a message here.";
	return ask->kind == ASK_KIND_SEARCH
		       ? "The quotes that match are too long for a message here."
		       : "That quote is too long for a message here.";
}

static const char *later(const struct ask *ask)
{
	if (ask->kind != ASK_KIND_RANDOM)
		return "The search index is still being built; try again in a moment.";
	return render_fit_takes_all(&ask->fit)
		       ? "No quote is available now; try again in a moment."
		       : "No quote short enough for a message here is available now.";
}

static const char *sentence_of(const struct ask *ask, enum ask_outcome outcome)
{
	switch (outcome) {
	case ASK_OUTCOME_FOUND:
		break;
	case ASK_OUTCOME_NONE:
		return none(ask);
	case ASK_OUTCOME_MANY:
		return "More than one quote has an id that begins with '%s'; write more of it.";
	case ASK_OUTCOME_MALFORMED:
		return malformed(ask);
	case ASK_OUTCOME_UNKNOWN:
		return "There is no such collection or author.";
	case ASK_OUTCOME_EARLY:
		return "'%s' has not come yet; its quote is shown on that day.";
	case ASK_OUTCOME_TOO_LONG:
		return too_long(ask);
	case ASK_OUTCOME_TOO_SLOW:
		return "That search takes too long; add words, or letters before a *.";
	case ASK_OUTCOME_LATER:
		return later(ask);
	case ASK_OUTCOME_FAILED:
		return "Search does not work at the moment.";
	}
	return "";
}

void ask_explain(const struct ask *ask, enum ask_outcome outcome, struct error *ret_reason)
{
	char shown[ASK_ECHO_SIZE] = "";
	const char *sentence = sentence_of(ask, outcome);
	const char *gap = strstr(sentence, "%s");
	if (gap == NULL) {
		error_set(ret_reason, "%s", sentence);
		return;
	}
	ask_echo(ask->text, shown);
	error_set(ret_reason, "%.*s%s%s", (int)(gap - sentence), sentence, shown, gap + 2);
}
