#include "frontends/mail/relay/relay_dialogue.h"

#include <stdio.h>
#include <string.h>

enum {
	REFUSAL_MAX = 160, /* octets of it that are told */
	/* What lies between is about TLS and AUTH (RFC 4954 6, RFC 5248). */
	LOGIN_FIRST = 523,
	LOGIN_LAST = 538,
};

void relay_dialogue_clean(char *text)
{
	text[strcspn(text, "\r\n")] = '\0';
	for (; *text != '\0'; text++)
		if (*text < ' ' || *text > '~')
			*text = '?';
}

/* A line that is not the last has '-' behind its code (RFC 5321 4.2.1). */
static bool is_over(const struct relay_dialogue *dialogue)
{
	size_t length = dialogue->length;
	if (length == 0 || length >= RELAY_DIALOGUE_KEEP)
		return length > 0;
	const char *before = memrchr(dialogue->reply, '\n', length - 1);
	const char *line = before != NULL ? before + 1 : dialogue->reply;
	return dialogue->reply[length - 1] == '\n' && strlen(line) > 4 && line[3] != '-';
}

void relay_dialogue_send(struct relay_dialogue *dialogue, const char *line, size_t length)
{
	static const char *const verbs[] = {
		"EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "QUIT"};
	bool unanswered = !is_over(dialogue) && *dialogue->command != '\0';
	dialogue->length = 0;
	/* The library says QUIT even to a relay that has hung up. */
	if (unanswered && length > 4 && memcmp(line, "QUIT", 4) == 0)
		return;
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
		if (length > strlen(verbs[i]) && memcmp(line, verbs[i], strlen(verbs[i])) == 0)
			snprintf(dialogue->command, sizeof dialogue->command, "%s", verbs[i]);
}

static void keep(struct relay_dialogue *dialogue, const char *octets, size_t length)
{
	size_t kept =
		dialogue->length < RELAY_DIALOGUE_KEEP ? dialogue->length : RELAY_DIALOGUE_KEEP;
	size_t more = length < RELAY_DIALOGUE_KEEP - kept ? length : RELAY_DIALOGUE_KEEP - kept;
	memcpy(dialogue->reply + kept, octets, more);
	dialogue->reply[kept + more] = '\0';
	dialogue->length += length;
}

void relay_dialogue_receive(struct relay_dialogue *dialogue, const char *octets, size_t length)
{
	keep(dialogue, octets, length);
	const char *reply = dialogue->reply;
	if (strcmp(dialogue->command, "AUTH") == 0)
		dialogue->logged_in |= strncmp(reply, "235", 3) == 0;
	/* TLS begins the session anew, and with it what is offered. */
	if (strcmp(dialogue->command, "EHLO") == 0)
		dialogue->utf8 = strcasestr(reply, "SMTPUTF8") != NULL;
	/* QUIT follows a refusal, whose words are the ones to tell. */
	if (*reply != '4' && *reply != '5')
		return;
	snprintf(dialogue->refusal, sizeof dialogue->refusal, "the relay replied to %s: %.*s",
		dialogue->command, REFUSAL_MAX, reply);
	relay_dialogue_clean(dialogue->refusal);
}

static bool has_word(const char *text, const char *word)
{
	const char *found = text;
	while ((found = strcasestr(found, word)) != NULL) {
		bool begins = found == text || strchr(" (", found[-1]) != NULL;
		found += strlen(word);
		if (begins && strchr(" ),.:;", *found) != NULL)
			return true;
	}
	return false;
}

static const char of_name[] = "; set hostname to a name that it accepts";
static const char of_login[] = "; see relay_tls and relay_user";
static const char of_place[] = "; have it take mail from this machine, or see relay_user";
static const char of_rate[] = "; lower total_per_hour, or name another relay";
static const char of_sender[] = "; have it take the sender <> and our own, or name another relay";

/* Most administrators leave the words as they are in Postfix, Sendmail, Exim, qmail and Exchange.
 */
static const struct {
	const char *words;
	const char *remedy;
} denials[] = {
	{"qualified hostname", of_name},
	{"relay access denied", of_place},
	{"relaying denied", of_place},
	{"relay not permitted", of_place},
	{"permitted to relay", of_place},
	{"do not relay", of_place},
	{"unable to relay", of_place},
	{"allowed rcpthosts", of_place},
	{"client host rejected", of_place},
	{"blocked using", of_place},
	{"authentication required", of_login},
	{"authentication is required", of_login},
	{"client was not authenticated", of_login},
	{"sending limit", of_rate},
	{"sending quota", of_rate},
	{"rate limit", of_rate},
	{"null sender", of_sender},
	{"<>: sender address rejected", of_sender},
	{"send as this sender", of_sender},
};

const char *relay_dialogue_remedy(int code, const char *text)
{
	/* Postfix judges the name at RCPT, with codes of its administrator's choice. */
	if (code == RELAY_DIALOGUE_NOT_OUR_NAME || has_word(text, "HELO") || has_word(text, "EHLO"))
		return of_name;
	if ((code >= LOGIN_FIRST && code <= LOGIN_LAST) || has_word(text, "TLS") ||
		has_word(text, "STARTTLS"))
		return of_login;
	for (size_t i = 0; i < sizeof denials / sizeof denials[0]; i++)
		if (strcasestr(text, denials[i].words) != NULL)
			return denials[i].remedy;
	return NULL;
}
