#include "frontends/mail/mail_command.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "core/library/quote_id.h"
#include "frontends/mail/subscription/subscription_token.h"

enum {
	PREFIX_MAX = 48,       /* octets of what is set aside at once: "Re[2]:", "[EXTERNAL]" */
	COLLECTION_TRIES = 20, /* quotes drawn from a collection to find one that fits */
};

static const struct word {
	const char *text;
	enum mail_command_kind kind;
	bool argument; /* may follow */
} words[] = {
	{"quote of the day", MAIL_COMMAND_KIND_TODAY, false},
	{"quote today", MAIL_COMMAND_KIND_TODAY, false},
	{"today\xe2\x80\x99s quote", MAIL_COMMAND_KIND_TODAY, false},
	{"today's quote", MAIL_COMMAND_KIND_TODAY, false},
	{"today", MAIL_COMMAND_KIND_TODAY, false},
	{"qotd", MAIL_COMMAND_KIND_TODAY, false},
	{"quote", MAIL_COMMAND_KIND_QUOTE, true},
	{"search", MAIL_COMMAND_KIND_SEARCH, true},
	{"collection", MAIL_COMMAND_KIND_COLLECTION, true},
	{"subscribe", MAIL_COMMAND_KIND_SUBSCRIBE, true},
	{"unsubscribe", MAIL_COMMAND_KIND_UNSUBSCRIBE, true},
	{"stop", MAIL_COMMAND_KIND_UNSUBSCRIBE, false},
	{"confirm", MAIL_COMMAND_KIND_CONFIRM, true},
	{"help", MAIL_COMMAND_KIND_HELP, false},
};

static bool is_blank(uint32_t code)
{
	return code <= ' ' || code == 0x7f || (code >= 0x80 && code <= 0xa0) || code == 0x1680 ||
	       (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
	       code == 0x202f || code == 0x205f || code == 0x3000;
}

/* Mail programs put marks of direction, joiners and byte order marks around words. */
static bool is_invisible(uint32_t code)
{
	return code == 0xad || (code >= 0x200b && code <= 0x200f) ||
	       (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) ||
	       code == 0xfeff;
}

/* Returns the sign of ASCII that stands for the code point, or 0. */
static char narrow(unsigned code)
{
	if (code >= 0xff01 && code <= 0xff5e)
		return (char)(code - 0xff01 + '!');
	if (code == 0x3010 || code == 0x3011)
		return code == 0x3010 ? '[' : ']';
	return '\0';
}

/* Returns the text with single blanks, none at its ends, ASCII in its usual width, and "[" for
 * Chinese and Japanese brackets. */
static char *normalise(const char *text)
{
	struct buffer out = {0};
	size_t length = strlen(text);
	bool gap = false;
	buffer_add(&out, "");
	for (size_t at = 0, size; at < length; at += size) {
		size = utf8_code_point(text + at, length - at);
		uint32_t code = utf8_number(text + at, length - at);
		if (is_blank(code)) {
			gap = out.length > 0;
			continue;
		}
		if (is_invisible(code))
			continue;
		char sign = narrow(code);
		buffer_append(&out, " ", gap);
		buffer_append(&out, sign != '\0' ? &sign : text + at, sign != '\0' ? 1 : size);
		gap = false;
	}
	return out.data;
}

static bool is_alphanumeric(const char *text)
{
	return *text != '\0' && utf8_is_alphanumeric(text, strlen(text));
}

static const char *skip_marks(const char *text)
{
	while (*text != '\0' && !is_alphanumeric(text))
		text += utf8_code_point(text, strlen(text));
	return text;
}

/* Returns the length of text without the marks at its end. */
static size_t trimmed(const char *text)
{
	size_t length = strlen(text);
	while (length > 0) {
		size_t size = utf8_last_code_point(text, length);
		if (is_alphanumeric(text + length - size))
			break;
		length -= size;
	}
	return length;
}

static void set(struct mail_command *command, enum mail_command_kind kind, const char *argument,
	size_t length)
{
	free(command->argument);
	*command = (struct mail_command){kind, mem_strndup(argument, length)};
}

/* "24.11.2026" too, so that the answer says how to write a date. */
static bool is_date(const char *text, size_t length)
{
	static const char digits[] = "0123456789";
	size_t at = 0;
	for (int part = 0; part < 3; part++) {
		size_t count = strspn(text + at, digits);
		if (count == 0 || count > 4)
			return false;
		at += count;
		if (part < 2 && (text[at] == '\0' || strchr("-./", text[at++]) == NULL))
			return false;
	}
	return at == length;
}

static void set_argument(
	const struct word *word, const char *argument, struct mail_command *ret_command)
{
	bool whole = word->kind == MAIL_COMMAND_KIND_SEARCH;
	bool quote = word->kind == MAIL_COMMAND_KIND_QUOTE;
	argument += strspn(argument, " :,");
	/* Other wires show an id as "[7k3m]" and take it as "#7k3m". */
	if (quote)
		argument += strspn(argument, "[(<#");
	if (!whole && !quote)
		argument = skip_marks(argument);
	size_t length = whole ? strlen(argument) : trimmed(argument);
	/* As a search has them: prefix*, "a phrase". */
	if (quote && (argument[length] == '*' ||
			     (argument[length] == '"' && memchr(argument, '"', length) != NULL)))
		length++;
	bool day = quote && is_date(argument, length);
	set(ret_command, day ? MAIL_COMMAND_KIND_DAY : word->kind, argument, length);
}

static bool read_word(const char *text, struct mail_command *ret_command)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t length = strlen(words[i].text);
		if (strncasecmp(text, words[i].text, length) != 0)
			continue;
		const char *rest = text + length;
		bool says_nothing = words[i].kind == MAIL_COMMAND_KIND_SEARCH
					    ? *skip_marks(rest) == '\0'
					    : ask_says_nothing(rest);
		bool alone = !is_alphanumeric(rest) && says_nothing;
		if (!alone && (!words[i].argument || strchr(" :,\"", *rest) == NULL))
			continue;
		set_argument(&words[i], alone ? "" : rest, ret_command);
		return true;
	}
	return false;
}

static bool read_bare(const char *text, struct mail_command *ret_command)
{
	size_t length = trimmed(text);
	enum mail_command_kind kind = MAIL_COMMAND_KIND_WORD;
	if (length == 0 || memchr(text, ' ', length) != NULL)
		return false;
	if (is_date(text, length))
		kind = MAIL_COMMAND_KIND_DAY;
	set(ret_command, kind, text, length);
	return true;
}

/* Returns the length of a count such as "[2]", "(2)", "^2" or "*2". */
static size_t count_length(const char *text)
{
	if (*text == '\0' || strchr("[(^*", *text) == NULL)
		return 0;
	size_t length = 1 + strspn(text + 1, "0123456789");
	return length + (text[length] == ']' || text[length] == ')');
}

/* Returns what follows a word in brackets or between stars, such as "***SPAM***", or NULL if there
 * is none, or nothing behind it. */
static const char *after_brackets(const char *text)
{
	static const char opening[] = "[({<*";
	static const char closing[] = "])}>*";
	const char *open = *text != '\0' ? strchr(opening, *text) : NULL;
	if (open == NULL)
		return NULL;
	char close = closing[open - opening];
	const char *word = text + strspn(text, "*");
	const char *end = memchr(word, close, strnlen(word, PREFIX_MAX));
	if (end == NULL || *skip_marks(end) == '\0')
		return NULL;
	return end + 1 + strspn(end + 1, "*");
}

/* Returns the length of a prefix of two words with a colon behind it, or 0. Others would take
 * sentences for prefixes. */
static size_t two_words_length(const char *text)
{
	static const char *const prefixes[] = {"Tr\u1EA3 l\u1EDDi", "Chuy\u1EC3n ti\u1EBFp",
		"\u0625\u0639\u0627\u062F\u0629 \u062A\u0648\u062C\u064A\u0647"};
	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
		size_t length = strlen(prefixes[i]);
		if (strncmp(text, prefixes[i], length) == 0 && text[length] == ':')
			return length;
	}
	return 0;
}

/* Returns what follows a reply prefix or a word in brackets, or NULL if there is none. */
static const char *after_prefix(const char *text)
{
	text += strspn(text, " ");
	const char *end = after_brackets(text);
	if (end != NULL)
		return end;
	text = skip_marks(text);
	text += two_words_length(text);
	if (*text == ':')
		return text + 1;
	size_t length = strcspn(text, " :[(^*");
	if (length == 0 || length > PREFIX_MAX)
		return NULL;
	text += length;
	text += strspn(text, " ");
	text += count_length(text);
	text += strspn(text, " ");
	return *text == ':' ? text + 1 : NULL;
}

void mail_command_parse(const char *text, struct mail_command *ret_command)
{
	char *clean = normalise(text);
	const char *at = clean;
	*ret_command = (struct mail_command){0};
	while (!read_word(skip_marks(at), ret_command)) {
		const char *next = after_prefix(at);
		if (next == NULL) {
			read_bare(skip_marks(at), ret_command);
			break;
		}
		at = next;
	}
	free(clean);
}

static bool has_digit(const char *text)
{
	return text[strcspn(text, "0123456789")] != '\0';
}

/* Turns a word that is an id into QUOTE. */
static void resolve(struct asker *asker, struct mail_command *command)
{
	struct quote quote;
	if (command->kind != MAIL_COMMAND_KIND_WORD)
		return;
	const char *word = command->argument;
	struct ask ask = {.kind = ASK_KIND_ID, .text = word};
	enum ask_outcome outcome = asker_find(asker, &ask, &quote);
	bool whole = strlen(word) == QUOTE_ID_LENGTH && outcome == ASK_OUTCOME_NONE;
	bool doubtful = outcome == ASK_OUTCOME_MANY || whole;
	if (outcome == ASK_OUTCOME_FOUND || (doubtful && has_digit(word)))
		command->kind = MAIL_COMMAND_KIND_QUOTE;
	else
		mail_command_finish(command);
}

static void read_place(struct asker *asker, const char *text, struct mail_command *ret_command)
{
	if (ret_command->kind != MAIL_COMMAND_KIND_NONE || text == NULL)
		return;
	mail_command_finish(ret_command);
	mail_command_parse(text, ret_command);
	resolve(asker, ret_command);
}

static void read_detail(struct asker *asker, const char *detail, struct mail_command *ret_command)
{
	if (*detail == '\0')
		return;
	read_place(asker, detail, ret_command);
	if (ret_command->kind == MAIL_COMMAND_KIND_NONE)
		set(ret_command, MAIL_COMMAND_KIND_COLLECTION, detail, strlen(detail));
}

/* A token in the address says more than the subject, which mail programs and people change. */
static void read_token(const char *detail, struct mail_command *ret_command)
{
	if (subscription_token_kind(detail) == SUBSCRIPTION_TOKEN_CONFIRM)
		set(ret_command, MAIL_COMMAND_KIND_CONFIRM, detail, strlen(detail));
}

static bool has_colon(const char *text)
{
	return strchr(text, ':') != NULL || strstr(text, "\uFF1A") != NULL;
}

/* A reply has the subject of another message behind a prefix, such as that of our answers, so what
 * is new in it is its first line. To a request, any first line
 * confirms it, except UNSUBSCRIBE. */
static void read_reply(struct asker *asker, const struct mail_command_places *places,
	struct mail_command *ret_command)
{
	struct mail_command line = {0};
	bool confirms = ret_command->kind == MAIL_COMMAND_KIND_CONFIRM;
	bool typed = ret_command->kind != MAIL_COMMAND_KIND_NONE && !confirms &&
		     !has_colon(places->subject);
	if (places->reply && !typed)
		read_place(asker, places->line, &line);
	if (line.kind == MAIL_COMMAND_KIND_NONE ||
		(confirms && line.kind != MAIL_COMMAND_KIND_UNSUBSCRIBE)) {
		mail_command_finish(&line);
		return;
	}
	mail_command_finish(ret_command);
	*ret_command = line;
}

void mail_command_choose(struct asker *asker, const struct mail_command_places *places,
	struct mail_command *ret_command)
{
	const char *detail = places->detail != NULL ? places->detail : "";
	bool has_token = subscription_token_kind(detail) != SUBSCRIPTION_TOKEN_NONE;
	*ret_command = (struct mail_command){0};
	read_token(detail, ret_command);
	read_place(asker, places->subject, ret_command);
	read_reply(asker, places, ret_command);
	if (!has_token)
		read_detail(asker, detail, ret_command);
	read_place(asker, places->line, ret_command);
	if (has_token && ret_command->kind == MAIL_COMMAND_KIND_UNSUBSCRIBE)
		set(ret_command, ret_command->kind, detail, strlen(detail));
	if (ret_command->kind == MAIL_COMMAND_KIND_NONE)
		set(ret_command, MAIL_COMMAND_KIND_QUOTE, "", 0);
}

bool mail_command_ask(
	const struct mail_command *command, const struct quote_fit *fit, struct ask *ret_ask)
{
	bool given = *command->argument != '\0';
	*ret_ask = (struct ask){.text = command->argument, .fit = *fit, .limit = 1};
	switch (command->kind) {
	case MAIL_COMMAND_KIND_QUOTE:
		ret_ask->kind = given ? ASK_KIND_ID_OR_WORDS : ASK_KIND_RANDOM;
		return true;
	case MAIL_COMMAND_KIND_TODAY:
		ret_ask->kind = ASK_KIND_TODAY;
		return true;
	case MAIL_COMMAND_KIND_DAY:
		ret_ask->kind = ASK_KIND_DAY;
		ret_ask->until_today = true;
		return true;
	case MAIL_COMMAND_KIND_SEARCH:
		ret_ask->kind = ASK_KIND_SEARCH;
		return given;
	case MAIL_COMMAND_KIND_COLLECTION:
		ret_ask->collection = command->argument;
		ret_ask->limit = COLLECTION_TRIES;
		return given;
	case MAIL_COMMAND_KIND_NONE:
	case MAIL_COMMAND_KIND_WORD:
	case MAIL_COMMAND_KIND_SUBSCRIBE:
	case MAIL_COMMAND_KIND_UNSUBSCRIBE:
	case MAIL_COMMAND_KIND_CONFIRM:
	case MAIL_COMMAND_KIND_HELP:
		break;
	}
	return false;
}

void mail_command_finish(struct mail_command *command)
{
	free(command->argument);
	*command = (struct mail_command){0};
}
