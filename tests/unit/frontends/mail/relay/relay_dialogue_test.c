#include "frontends/mail/relay/relay_dialogue.h"

#include <string.h>

#include <criterion/criterion.h>

static void say(struct relay_dialogue *dialogue, const char *line)
{
	relay_dialogue_send(dialogue, line, strlen(line));
}

/* A relay may send a reply octet by octet. */
static void hear(struct relay_dialogue *dialogue, const char *reply, size_t piece)
{
	for (size_t left = strlen(reply); left > 0;) {
		size_t now = left < piece ? left : piece;
		relay_dialogue_receive(dialogue, reply, now);
		reply += now;
		left -= now;
	}
}

Test(relay_dialogue, reads_replies_in_pieces)
{
	for (size_t piece = 1; piece < 20; piece += 6) {
		struct relay_dialogue dialogue = {0};
		hear(&dialogue, "220 relay\r\n", piece);
		say(&dialogue, "EHLO me\r\n");
		hear(&dialogue, "250-relay\r\n250-8BITMIME\r\n250 smtputf8\r\n", piece);
		cr_expect(dialogue.utf8);
		say(&dialogue, "STARTTLS\r\n");
		hear(&dialogue, "220 go\r\n", piece);
		say(&dialogue, "EHLO me\r\n");
		hear(&dialogue, "250 relay\r\n", piece);
		cr_expect_not(dialogue.utf8, "TLS begins anew");
		say(&dialogue, "AUTH LOGIN\r\n");
		hear(&dialogue, "334 VXNlcm5hbWU6\r\n", piece);
		say(&dialogue, "YW5u\r\n");
		cr_expect_str_eq(dialogue.command, "AUTH");
		cr_expect_not(dialogue.logged_in);
		hear(&dialogue, "235 2.7.0 ok\r\n", piece);
		cr_expect(dialogue.logged_in);
		cr_expect_str_eq(dialogue.refusal, "");
		say(&dialogue, "MAIL FROM:<>\r\n");
		hear(&dialogue, "451-4.3.0 l\xc3\xa4ter\r\n451 x\r\n", piece);
		cr_expect_str_eq(dialogue.refusal, "the relay replied to MAIL: 451-4.3.0 l??ter");
	}
}

Test(relay_dialogue, keeps_the_command_without_a_reply)
{
	struct relay_dialogue dialogue = {0};
	say(&dialogue, "EHLO me\r\n");
	hear(&dialogue, "250 relay\r\n", 99);
	say(&dialogue, "AUTH PLAIN x\r\n");
	say(&dialogue, "QUIT\r\n");
	cr_expect_str_eq(dialogue.command, "AUTH");
	hear(&dialogue, "221 bye\r\n", 99);
	say(&dialogue, "QUIT\r\n");
	cr_expect_str_eq(dialogue.command, "QUIT");
}

Test(relay_dialogue, keeps_the_beginning_of_a_long_reply)
{
	struct relay_dialogue dialogue = {0};
	say(&dialogue, "EHLO me\r\n");
	for (int i = 0; i < RELAY_DIALOGUE_KEEP; i++)
		hear(&dialogue, "5x", 2);
	cr_expect_eq(dialogue.length, 2 * RELAY_DIALOGUE_KEEP);
	cr_expect_eq(strlen(dialogue.reply), RELAY_DIALOGUE_KEEP);
	cr_expect_lt(strlen(dialogue.refusal), sizeof dialogue.refusal);
}

Test(relay_dialogue, cleans_what_is_shown)
{
	char text[] = "a\x1b[31m\tb\r\nc";
	relay_dialogue_clean(text);
	cr_expect_str_eq(text, "a?[31m?b");
}

Test(relay_dialogue, keeps_the_command_whose_reply_has_no_end)
{
	static const char *const halves[] = {
		"2", "250-relay\r\n", "250-relay\r\n250-8BIT", "250 rel"};
	for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
		struct relay_dialogue dialogue = {0};
		say(&dialogue, "EHLO me\r\n");
		hear(&dialogue, halves[i], 99);
		say(&dialogue, "QUIT\r\n");
		cr_expect_str_eq(dialogue.command, "EHLO", "%s", halves[i]);
	}
}

Test(relay_dialogue, tells_who_is_refused)
{
	static const struct {
		int code;
		const char *text;
		const char *remedy;
	} rows[] = {
		{504, "x", "; set hostname to a name that it accepts"},
		{550, "<mx>: Helo command rejected: Host not found",
			"; set hostname to a name that it accepts"},
		{501, "Invalid name in EHLO.", "; set hostname to a name that it accepts"},
		{550, "<ehlo@b.example>: no othelo here", NULL},
		{530, "Authentication required", "; see relay_tls and relay_user"},
		{554, "<a@b.example>: Relay access denied",
			"; have it take mail from this machine, or see relay_user"},
		{550, "a@b.example... Relaying denied",
			"; have it take mail from this machine, or see relay_user"},
		{550, "host [192.0.2.1] is not permitted to relay through this server without",
			"; have it take mail from this machine, or see relay_user"},
		{553, "sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
			"; have it take mail from this machine, or see relay_user"},
		{550, "we do not relay a@b.example",
			"; have it take mail from this machine, or see relay_user"},
		{554, "Service unavailable; Client host [192.0.2.1] blocked using dnsbl.b.example",
			"; have it take mail from this machine, or see relay_user"},
		{554, "SMTP authentication is required.", "; see relay_tls and relay_user"},
		{550, "Client was not authenticated", "; see relay_tls and relay_user"},
		{550, "Must use TLS", "; see relay_tls and relay_user"},
		{554, "STARTTLS required", "; see relay_tls and relay_user"},
		{553, "<>: Sender address rejected: not owned by user quoted",
			"; have it take the sender <> and our own, or name another relay"},
		{553, "no null sender here",
			"; have it take the sender <> and our own, or name another relay"},
		{550, "SMTP; Client does not have permissions to send as this sender",
			"; have it take the sender <> and our own, or name another relay"},
		{550, "need fully-qualified hostname", "; set hostname to a name that it accepts"},
		{523, "Encryption needed", "; see relay_tls and relay_user"},
		{535, "Bad credentials", "; see relay_tls and relay_user"},
		{538, "x", "; see relay_tls and relay_user"},
		{521, "host does not accept mail", NULL},
		{550, "Daily user sending quota exceeded",
			"; lower total_per_hour, or name another relay"},
		{554, "Rate limit: too many messages",
			"; lower total_per_hour, or name another relay"},
		{552, "mailbox quota exceeded", NULL},
		{550, "<tls@b.example>: bottls", NULL},
		{550, "<a@b.example>: Sender address rejected: Domain not found", NULL},
		{550, "relay.b.example has no such user", NULL},
		{552, "full", NULL},
		{250, "", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const char *remedy = relay_dialogue_remedy(rows[i].code, rows[i].text);
		cr_expect((remedy == NULL) == (rows[i].remedy == NULL), "row %zu", i);
		if (remedy != NULL && rows[i].remedy != NULL)
			cr_expect_str_eq(remedy, rows[i].remedy, "row %zu", i);
	}
}
