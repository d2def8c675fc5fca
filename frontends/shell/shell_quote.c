#include <ctype.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/day.h"
#include "core/search/search.h"
#include "core/sources/command_source.h"
#include "frontends/keeper/asker.h"
#include "frontends/kit/log.h"
#include "frontends/shell/shell.h"
#include "frontends/shell/shell_shares.h"

enum { NOT_FOUND = 1 };

/* What is asked for, whom, and where the answer goes. */
struct asking {
	const struct shell_options *options;
	struct asker *asker;
	struct shell_printing *printing;
	struct error *reterr;
	int status;
	struct quoter *quoter;
	bool command_failed; /* and a warning has said why */
};

/* At the shell a message follows the name of the program. */
static void fail(struct asking *asking, const char *reason)
{
	char *text = asking->reterr->text;
	error_set(asking->reterr, "%s", reason);
	size_t length = strlen(text);
	if (length > 0 && text[length - 1] == '.')
		text[length - 1] = '\0';
	text[0] = (char)tolower((unsigned char)text[0]);
	asking->status = NOT_FOUND;
}

static bool is_full(const struct asking *asking)
{
	return asking->printing->printed >= asking->options->count ||
	       asking->printing->out->failure != 0;
}

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct asking *asking = data;
	for (size_t i = 0; i < answer->count && !is_full(asking); i++)
		shell_printing_quote(asking->printing, &answer->quotes[i]);
	if (answer->count == 0)
		fail(asking, answer->reason);
	if (answer->total >= SEARCH_HITS_MAX && !is_full(asking))
		log_warning("quoted",
			"--search: only %d of the quotes that match were looked at; add words to "
			"find others",
			SEARCH_HITS_MAX);
}

static void ask_once(struct asking *asking, enum ask_kind kind, const char *text)
{
	struct ask ask = {.kind = kind, .text = text};
	if (kind == ASK_KIND_SEARCH || kind == ASK_KIND_RANDOM)
		ask.filter = asking->options->filter;
	asker_ask(asking->asker, &ask, on_answer, asking);
}

/* Runs a command that was drawn, and waits for it. */
static void on_draw(void *data, size_t collection)
{
	struct asking *asking = data;
	struct buffer text = {0};
	struct error error;
	const struct collection *item =
		&quoter_library(asking->quoter)->collections->items[collection];
	asking->printing->drawn = item;
	if (command_source_run(item, 0, &text, &error)) {
		quoter_put(asking->quoter, collection, text.data, text.length);
	} else {
		log_warning("quoted", "collection \"%s\": %s", item->name, error.text);
		asking->command_failed = true;
	}
	buffer_finish(&text);
}

static void ask_random(struct asking *asking)
{
	quoter_on_draw(asking->quoter, on_draw, asking);
	while (asking->status == EX_OK && !is_full(asking))
		ask_once(asking, ASK_KIND_RANDOM, "");
	if (asking->status != EX_OK && asking->command_failed)
		asking->reterr->text[0] = '\0';
	quoter_on_draw(asking->quoter, NULL, NULL);
}

static void ask_days(struct asking *asking)
{
	const struct shell_options *options = asking->options;
	int64_t day = options->dated ? options->day : day_today();
	for (; asking->status == EX_OK && !is_full(asking); day++) {
		char text[DAY_TEXT_SIZE];
		day_format(day, text);
		ask_once(asking, ASK_KIND_DAY, text);
	}
}

static void explain_nothing(const struct shell_options *options, struct error *reterr)
{
	if (options->collections.count > 0)
		error_set(reterr, "there are no quotes in the collections named");
	else
		error_set(
			reterr, "only private collections have quotes; name one with --collection");
}

static int ask_quoter(struct asking *asking)
{
	const struct shell_options *options = asking->options;
	if (options->match != NULL)
		return shell_match(asking->printing, asking->reterr);
	if (options->id != NULL)
		ask_once(asking, ASK_KIND_ID, options->id);
	else if (options->search != NULL)
		ask_once(asking, ASK_KIND_SEARCH, options->search);
	else if (options->today || options->dated)
		ask_days(asking);
	else
		ask_random(asking);
	return asking->status;
}

/* Goes by what \p printing selects. */
static int ask(struct quoter *quoter, struct shell_printing *printing, struct error *reterr)
{
	const struct shell_options *options = printing->options;
	struct asking asking = {.options = options,
		.printing = printing,
		.reterr = reterr,
		.status = EX_OK,
		.quoter = quoter};
	struct quote_wire wire = {.name = "shell", .collections = &options->collections};
	if (!shell_shares_any(printing->selection, printing->library)) {
		explain_nothing(options, reterr);
		return NOT_FOUND;
	}
	asking.asker = asker_create(quoter, NULL, &wire, reterr);
	if (asking.asker == NULL)
		return NOT_FOUND;
	int status = ask_quoter(&asking);
	asker_destroy(asking.asker);
	return status;
}

int shell_quote(const struct shell_options *options, struct quoter *quoter, struct output *out,
	struct error *reterr)
{
	struct selection selection;
	struct shell_printing printing = {.out = out,
		.options = options,
		.library = quoter_library(quoter),
		.selection = &selection};
	if (!selection_init(&selection, printing.library, &options->collections, reterr))
		return NOT_FOUND;
	int status = ask(quoter, &printing, reterr);
	if (options->wait && status == EX_OK)
		shell_printing_wait(&printing);
	selection_finish(&selection);
	return status;
}
