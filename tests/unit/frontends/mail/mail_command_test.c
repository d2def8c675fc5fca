#include "frontends/mail/mail_command.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/library/quote_id.h"
#include "tests/support/askers.h"
#include "tests/support/quotes.h"

#define MAC "abcdefghijklmnopqrstuvwxyz"
#define ZWSP "\xe2\x80\x8b"

Test(mail_command, reads_what_can_stand_in_a_subject)
{
	static const struct {
		const char *text;
		enum mail_command_kind kind;
		const char *argument;
	} rows[] = {
		{"quote", MAIL_COMMAND_KIND_QUOTE, ""},
		{" Quote! ", MAIL_COMMAND_KIND_QUOTE, ""},
		{"quote 7k3m", MAIL_COMMAND_KIND_QUOTE, "7k3m"},
		{"Quote: 7K3M.", MAIL_COMMAND_KIND_QUOTE, "7K3M"},
		{"quote [7k3m]", MAIL_COMMAND_KIND_QUOTE, "7k3m"},
		{"Quote: #7k3m", MAIL_COMMAND_KIND_QUOTE, "7k3m"},
		{"search [7k3m]", MAIL_COMMAND_KIND_SEARCH, "[7k3m]"},
		{"quote 2026-11-24", MAIL_COMMAND_KIND_DAY, "2026-11-24"},
		{"quote of the day", MAIL_COMMAND_KIND_TODAY, ""},
		{"quote today", MAIL_COMMAND_KIND_TODAY, ""},
		{"Today\xe2\x80\x99s quote", MAIL_COMMAND_KIND_TODAY, ""},
		{"quote appl*", MAIL_COMMAND_KIND_QUOTE, "appl*"},
		{"quote \"apple pie\"", MAIL_COMMAND_KIND_QUOTE, "\"apple pie\""},
		{"\"quote 7k3m\"", MAIL_COMMAND_KIND_QUOTE, "7k3m"},
		{"collection \"apples\"", MAIL_COMMAND_KIND_COLLECTION, "apples"},
		{"today's quote?", MAIL_COMMAND_KIND_TODAY, ""},
		{"TODAY", MAIL_COMMAND_KIND_TODAY, ""},
		{"<<today>>", MAIL_COMMAND_KIND_TODAY, ""},
		{"\xc2\xa0today" ZWSP, MAIL_COMMAND_KIND_TODAY, ""},
		{"\xef\xbd\x94\xef\xbd\x8f\xef\xbd\x84\xef\xbd\x81\xef\xbd\x99",
			MAIL_COMMAND_KIND_TODAY, ""},
		{"qotd", MAIL_COMMAND_KIND_TODAY, ""},
		{"today we met", MAIL_COMMAND_KIND_NONE, NULL},
		{"2026-11-24", MAIL_COMMAND_KIND_DAY, "2026-11-24"},
		{"(2026-11-24)", MAIL_COMMAND_KIND_DAY, "2026-11-24"},
		{"24.11.2026", MAIL_COMMAND_KIND_DAY, "24.11.2026"},
		{"2026-11", MAIL_COMMAND_KIND_WORD, "2026-11"},
		{"7k3m", MAIL_COMMAND_KIND_WORD, "7k3m"},
		{"search apple  pie", MAIL_COMMAND_KIND_SEARCH, "apple pie"},
		{"SEARCH: \"apple pie\" -not", MAIL_COMMAND_KIND_SEARCH, "\"apple pie\" -not"},
		{"search\"apple\"", MAIL_COMMAND_KIND_SEARCH, "\"apple\""},
		{"search caf\xc3\xa9", MAIL_COMMAND_KIND_SEARCH, "caf\xc3\xa9"},
		{"search", MAIL_COMMAND_KIND_SEARCH, ""},
		{"search author:twain", MAIL_COMMAND_KIND_SEARCH, "author:twain"},
		{"searching for love", MAIL_COMMAND_KIND_NONE, NULL},
		{"search-engine optimisation", MAIL_COMMAND_KIND_NONE, NULL},
		{"collection apples", MAIL_COMMAND_KIND_COLLECTION, "apples"},
		{"collection", MAIL_COMMAND_KIND_COLLECTION, ""},
		{"subscribe", MAIL_COMMAND_KIND_SUBSCRIBE, ""},
		{"Subscribe apples 08:30", MAIL_COMMAND_KIND_SUBSCRIBE, "apples 08:30"},
		{"unsubscribe", MAIL_COMMAND_KIND_UNSUBSCRIBE, ""},
		{"Confirm c1-abc", MAIL_COMMAND_KIND_CONFIRM, "c1-abc"},
		{"Stop!", MAIL_COMMAND_KIND_UNSUBSCRIBE, ""},
		{"stop press", MAIL_COMMAND_KIND_NONE, NULL},
		{"help", MAIL_COMMAND_KIND_HELP, ""},
		{"help wanted", MAIL_COMMAND_KIND_NONE, NULL},
		{"Today, please!", MAIL_COMMAND_KIND_TODAY, ""},
		{"quote of the day please :)", MAIL_COMMAND_KIND_TODAY, ""},
		{"help - thank you", MAIL_COMMAND_KIND_HELP, ""},
		{"Quote please", MAIL_COMMAND_KIND_QUOTE, ""},
		{"quote \"please\" me", MAIL_COMMAND_KIND_QUOTE, "\"please\" me"},
		{"search please", MAIL_COMMAND_KIND_SEARCH, "please"},
		{"subscribe, thanks", MAIL_COMMAND_KIND_SUBSCRIBE, ""},
		{"pleased today", MAIL_COMMAND_KIND_NONE, NULL},
		{"todayplease", MAIL_COMMAND_KIND_WORD, "todayplease"},
		{"STOP!", MAIL_COMMAND_KIND_UNSUBSCRIBE, ""},
		{"stop the press", MAIL_COMMAND_KIND_NONE, NULL},
		{"", MAIL_COMMAND_KIND_NONE, NULL},
		{" ...", MAIL_COMMAND_KIND_NONE, NULL},
		{"hello there", MAIL_COMMAND_KIND_NONE, NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mail_command command;
		mail_command_parse(rows[i].text, &command);
		cr_expect_eq(command.kind, rows[i].kind, "%s: %d", rows[i].text, command.kind);
		cr_expect_eq(
			command.argument == NULL, rows[i].argument == NULL, "%s", rows[i].text);
		if (command.argument != NULL && rows[i].argument != NULL)
			cr_expect_str_eq(command.argument, rows[i].argument);
		mail_command_finish(&command);
	}
}

Test(mail_command, sets_prefixes_aside)
{
	static const char *const prefixes[] = {"Re: ", "RE:", "Re : ", "AW: ", "SV: ", "Fwd: ",
		"FW:", "WG: ", "Antw: ", "Auto: ", "Re[2]: ", "Re(3): ", "Re (3): ", "Re^4: ",
		"Re*5: ", "RV: ", "TR : ", "Odp: ", "Vast.: ", "R: ", "[list] ", "[EXTERNAL] Re: ",
		"Re: [list 2] AW: Auto: Re: ", "\xe5\x9b\x9e\xe5\xa4\x8d\xef\xbc\x9a",
		"\xd0\x9e\xd1\x82\xd0\xb2\xd0\xb5\xd1\x82: ", "\xce\x91\xcf\x80: ", "(fwd) ",
		"{Spam?} ", "***SPAM*** ", "*****SPAM***** Re: ", "[*] ", "Tr\u1EA3 l\u1EDDi: ",
		"\u0625\u0639\u0627\u062F\u0629 \u062A\u0648\u062C\u064A\u0647: ",
		"Chuy\u1EC3n ti\u1EBFp: ", "<EXT> ",
		"\u3010\u5916\u90E8\u3011Re: ", "\xe2\x80\x8fRe: ", "- Re: ", "R\xc3\xa9p. : "};
	struct mail_command command;
	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
		char text[128];
		snprintf(text, sizeof text, "%stoday", prefixes[i]);
		mail_command_parse(text, &command);
		cr_expect_eq(command.kind, MAIL_COMMAND_KIND_TODAY, "%s", text);
		mail_command_finish(&command);
		snprintf(text, sizeof text, "%ssearch apple: pie", prefixes[i]);
		mail_command_parse(text, &command);
		cr_expect_eq(command.kind, MAIL_COMMAND_KIND_SEARCH, "%s", text);
		cr_expect_str_eq(command.argument, "apple: pie", "%s", text);
		mail_command_finish(&command);
	}
	mail_command_parse("Two words: today", &command);
	cr_expect_eq(command.kind, MAIL_COMMAND_KIND_NONE);
	mail_command_finish(&command);
}

struct scene {
	struct quotes quotes;
	struct asker *asker;
	char id[QUOTE_ID_LENGTH + 1]; /* of the only quote */
};

static void prepare(struct scene *scene)
{
	struct quote quote;
	*scene = (struct scene){0};
	struct quoter *quoter = quotes_open_one(&scene->quotes, "static:An apple a day");
	scene->asker = askers_open(quoter, NULL, "mail.test");
	struct ask ask = {.kind = ASK_KIND_RANDOM};
	cr_assert_eq(asker_find(scene->asker, &ask, &quote), ASK_OUTCOME_FOUND);
	quote_id_format(quote.id, scene->id);
}

static void finish(struct scene *scene)
{
	asker_destroy(scene->asker);
	quotes_finish(&scene->quotes);
}

Test(mail_command, chooses_among_the_places)
{
	static const struct {
		struct mail_command_places places;
		enum mail_command_kind kind;
		const char *argument;
	} rows[] = {
		{{"today", "apples", "search x", false}, MAIL_COMMAND_KIND_TODAY, ""},
		{{"hello", "today", "search x", false}, MAIL_COMMAND_KIND_TODAY, ""},
		{{"today", "c1-" MAC, "search x", false}, MAIL_COMMAND_KIND_CONFIRM, "c1-" MAC},
		{{"hello", "u1-" MAC, "unsubscribe", false}, MAIL_COMMAND_KIND_UNSUBSCRIBE,
			"u1-" MAC},
		{{"today", "u1-" MAC, "unsubscribe", false}, MAIL_COMMAND_KIND_TODAY, ""},
		{{"hello", "u1-" MAC, "hello", false}, MAIL_COMMAND_KIND_QUOTE, ""},
		{{"hello", "apples", "search x", false}, MAIL_COMMAND_KIND_COLLECTION, "apples"},
		{{"hello", "", "search x", false}, MAIL_COMMAND_KIND_SEARCH, "x"},
		{{"Re: Auto: hello", NULL, "search x", false}, MAIL_COMMAND_KIND_SEARCH, "x"},
		{{"Re: Auto: quote", NULL, "search x", true}, MAIL_COMMAND_KIND_SEARCH, "x"},
		{{"Re: Auto: quote", NULL, "thanks a lot", true}, MAIL_COMMAND_KIND_QUOTE, ""},
		{{"Re: Auto: today", NULL, "thanks", true}, MAIL_COMMAND_KIND_TODAY, ""},
		{{"unsubscribe", NULL, "From: Quote of the day <a@b>", true},
			MAIL_COMMAND_KIND_UNSUBSCRIBE, ""},
		{{"\u56DE\u590D\uFF1Aquote", NULL, "today", true}, MAIL_COMMAND_KIND_TODAY, ""},
		{{"hi", NULL, "today", true}, MAIL_COMMAND_KIND_TODAY, ""},
		{{"hi", "c1-" MAC, "stop", true}, MAIL_COMMAND_KIND_UNSUBSCRIBE, "c1-" MAC},
		{{"Re: Confirm c1-x", NULL, "subscribe", true}, MAIL_COMMAND_KIND_CONFIRM, "c1-x"},
		{{"Re: Confirm c1-x", NULL, "stop", true}, MAIL_COMMAND_KIND_UNSUBSCRIBE, ""},
		{{"Re: x", "c1-" MAC, "search x", true}, MAIL_COMMAND_KIND_CONFIRM, "c1-" MAC},
		/* With the token, as the sender may be forged. */
		{{"Re: x", "c1-" MAC, "stop", true}, MAIL_COMMAND_KIND_UNSUBSCRIBE, "c1-" MAC},
		{{"Re: today", "u1-" MAC, "unsubscribe", true}, MAIL_COMMAND_KIND_UNSUBSCRIBE,
			"u1-" MAC},
		{{NULL, NULL, "help", false}, MAIL_COMMAND_KIND_HELP, ""},
		{{NULL, NULL, "nothing of note", false}, MAIL_COMMAND_KIND_QUOTE, ""},
		{{NULL, NULL, NULL, false}, MAIL_COMMAND_KIND_QUOTE, ""},
		{{"zzzz", NULL, NULL, false}, MAIL_COMMAND_KIND_QUOTE, ""},
		{{"conversation", NULL, NULL, false}, MAIL_COMMAND_KIND_QUOTE, ""},
		{{"0123456789ab", NULL, NULL, false}, MAIL_COMMAND_KIND_QUOTE, "0123456789ab"},
		{{"quote zzzz", NULL, NULL, false}, MAIL_COMMAND_KIND_QUOTE, "zzzz"},
	};
	struct scene scene;
	prepare(&scene);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mail_command command;
		mail_command_choose(scene.asker, &rows[i].places, &command);
		cr_expect_eq(command.kind, rows[i].kind, "row %zu: %d", i, command.kind);
		cr_expect_str_eq(command.argument, rows[i].argument, "row %zu", i);
		mail_command_finish(&command);
	}
	finish(&scene);
}

Test(mail_command, takes_a_word_for_an_id_if_a_quote_has_it)
{
	static const size_t lengths[] = {QUOTE_ID_LENGTH, 7, 4};
	struct scene scene;
	prepare(&scene);
	for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
		char subject[32];
		struct mail_command command;
		struct ask ask;
		struct quote_fit fit = {.max_bytes = 100};
		snprintf(subject, sizeof subject, "Re: %.*s.", (int)lengths[i], scene.id);
		struct mail_command_places places = {.subject = subject};
		mail_command_choose(scene.asker, &places, &command);
		cr_assert(mail_command_ask(&command, &fit, &ask), "%s", subject);
		cr_expect_eq(ask.kind, ASK_KIND_ID_OR_WORDS, "%s", subject);
		cr_expect_eq(strlen(ask.text), lengths[i]);
		cr_expect_eq(ask.fit.max_bytes, 100);
		mail_command_finish(&command);
	}
	finish(&scene);
}

Test(mail_command, asks)
{
	static const struct {
		const char *text;
		enum ask_kind kind;
		bool asks;
	} rows[] = {
		{"quote", ASK_KIND_RANDOM, true},
		{"quote 7k3m", ASK_KIND_ID_OR_WORDS, true},
		{"today", ASK_KIND_TODAY, true},
		{"2026-11-24", ASK_KIND_DAY, true},
		{"search x", ASK_KIND_SEARCH, true},
		{"collection x", ASK_KIND_RANDOM, true},
		{"search", ASK_KIND_RANDOM, false},
		{"collection", ASK_KIND_RANDOM, false},
		{"subscribe", ASK_KIND_RANDOM, false},
		{"unsubscribe", ASK_KIND_RANDOM, false},
		{"help", ASK_KIND_RANDOM, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mail_command command;
		struct ask ask;
		mail_command_parse(rows[i].text, &command);
		bool asks = mail_command_ask(&command, &(struct quote_fit){0}, &ask);
		cr_expect_eq(asks, rows[i].asks, "%s", rows[i].text);
		cr_expect(!asks || ask.kind == rows[i].kind, "%s", rows[i].text);
		cr_expect_eq(ask.until_today, ask.kind == ASK_KIND_DAY, "no look ahead");
		mail_command_finish(&command);
	}
}
