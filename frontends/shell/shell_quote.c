#include <ctype.h>
#include <string.h>
#include <sysexits.h>

#include "core/search/search.h"
#include "frontends/keeper/asker.h"
#include "frontends/kit/log.h"
#include "frontends/shell/shell.h"
#include "frontends/shell/shell_commands.h"
#include "frontends/shell/shell_shares.h"

enum { NOT_FOUND = 1 };

/* What is asked for, whom, and where the answer goes. */
struct asking {
	const struct shell_options *options;
	struct asker *asker;
	struct shell_printing *printing;
	struct error *reterr;
	int status;
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

static void ask_random(struct asking *asking, struct quoter *quoter)
{
	struct shell_commands commands;
	shell_commands_start(&commands, quoter);
	while (asking->status == EX_OK && !is_full(asking))
		ask_once(asking, ASK_KIND_RANDOM, "");
	/* The reason why a command failed is said already. */
	if (asking->status != EX_OK && commands.failed)
		asking->reterr->text[0] = '\0';
	shell_commands_stop(&commands);
}

static void ask_days(struct asking *asking)
{
	const struct day_clock clock = {0};
	const struct shell_options *options = asking->options;
	int64_t day = options->dated ? options->day : day_today(&clock);
	for (; asking->status == EX_OK && !is_full(asking); day++) {
		char text[DAY_TEXT_SIZE];
		day_format(day, text);
		ask_once(asking, ASK_KIND_DAY, text);
	}
}

/* Nothing can be drawn whatever is asked: says why. */
static bool explain_nothing(
	const struct shell_options *options, const struct quoter *quoter, struct error *reterr)
{
	struct selection selection;
	const struct library *library = quoter_library(quoter);
	if (!selection_init(&selection, library, &options->collections, reterr))
		return true;
	bool any = shell_shares_any(&selection, library);
	selection_finish(&selection);
	if (!any && options->collections.count > 0)
		error_set(reterr, "there are no quotes in the collections named");
	else if (!any)
		error_set(
			reterr, "only private collections have quotes; name one with --collection");
	return !any;
}

static int ask_quoter(struct asking *asking, struct quoter *quoter)
{
	const struct shell_options *options = asking->options;
	if (options->match != NULL)
		return shell_match(options, quoter, asking->printing, asking->reterr);
	if (options->id != NULL)
		ask_once(asking, ASK_KIND_ID, options->id);
	else if (options->search != NULL)
		ask_once(asking, ASK_KIND_SEARCH, options->search);
	else if (options->today || options->dated)
		ask_days(asking);
	else
		ask_random(asking, quoter);
	return asking->status;
}

int shell_quote(const struct shell_options *options, struct quoter *quoter, struct output *out,
	struct error *reterr)
{
	struct shell_printing printing = {.out = out, .json = options->json};
	struct asking asking = {
		.options = options, .printing = &printing, .reterr = reterr, .status = EX_OK};
	struct quote_wire wire = {.name = "shell", .collections = &options->collections};
	if (explain_nothing(options, quoter, reterr))
		return NOT_FOUND;
	asking.asker = asker_create(quoter, NULL, &wire, reterr);
	if (asking.asker == NULL)
		return NOT_FOUND;
	int status = ask_quoter(&asking, quoter);
	if (options->wait && status == EX_OK)
		shell_printing_wait(&printing);
	asker_destroy(asking.asker);
	return status;
}
