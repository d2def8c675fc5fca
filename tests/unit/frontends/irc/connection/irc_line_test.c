#include "frontends/irc/connection/irc_line.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

struct row {
	const char *text;
	const char *passed; /* as passed to the library; NULL: not passed */
	bool valid;
};

static const struct row rows[] = {
	{":s 001 quoted :Hello there", ":s 001 quoted :Hello there\r\n", true},
	{":a!b@c join   #q", ":a!b@c JOIN :#q\r\n", true},
	{"@time=1;x=y :a!b@c PART #q :hi", ":a!b@c PART #q :hi\r\n", true},
	{":a!b@c NICK d", ":a!b@c NICK :d\r\n", true},
	{":s 005 a b c d e f g h i j k l m :n", ":s 005 a b c d e f g h i :j\r\n", true},
	{":s KICK #q nick", ":s KICK #q :nick\r\n", true},
	/* valid, but not for the library */
	{":a!b@c PRIVMSG #q :!quote", NULL, true},
	{"PING :1", NULL, true},
	{"ERROR :gone", NULL, true},
	{":x!y@z NOTICE a :b", NULL, true},
	{":a!b@c PRIVMSG quoted :\1VERSION\1", NULL, true},
	{":a!b@c PRIVMSG quoted :\1", NULL, true},
	{":a!b@c INVITE quoted :#x", NULL, true},
	{":a!b@c MODE", NULL, true},
	{"CAP * LS :sasl", NULL, true},
	/* each of these crashes or confuses the library */
	{"NICK x", NULL, false},
	{"NICK", NULL, false},
	{":a!b@c NICK", NULL, false},
	{":x!y@z NOTICE", NULL, false},
	{":x!y@z NOTICE me", NULL, false},
	{":s 000", NULL, false},
	{":s 000 me", NULL, false},
	{":s 001", NULL, false},
	{"001 me", NULL, false},
	{":s 0011 me", NULL, false},
	{":s 01 me", NULL, false},
	{"PING", NULL, false},
	{"PING :a\rQUIT", NULL, false},
	{":a!b@c PRIVMSG #q", NULL, false},
	{"PRIVMSG #q :no prefix", NULL, false},
	{":a!b@c JOIN", NULL, false},
	{":a!b@c KICK #q", NULL, false},
	{":", NULL, false},
	{": NICK x", NULL, false},
	{":a", NULL, false},
	{"@", NULL, false},
	{"@tags", NULL, false},
	{"", NULL, false},
	{" ", NULL, false},
	{"\x01\xff", NULL, false},
};

Test(irc_line, table)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *text = mem_strdup(rows[i].text);
		struct irc_line line;
		struct buffer out = {0};
		bool valid = irc_line_parse(text, strlen(text), &line);
		cr_assert_eq(valid, rows[i].valid, "row %zu: %s", i, rows[i].text);
		bool passed = valid && line.passed;
		cr_assert_eq(passed, rows[i].passed != NULL, "row %zu: %s", i, rows[i].text);
		if (passed) {
			irc_line_format(&line, &out);
			cr_assert_str_eq(out.data, rows[i].passed, "row %zu", i);
		}
		buffer_finish(&out);
		free(text);
	}
}

/* IRCv3 message tags. */
Test(irc_line, tags)
{
	static const struct {
		const char *tags, *key, *value; /* NULL: there is none */
	} tags[] = {
		{"account=alice", "account", "alice"},
		{"time=2026-11-26T07:00:00.000Z;account=alice;msgid=1", "account", "alice"},
		{"account=a;account-x=b", "account-x", "b"},
		{"account", "account", NULL},
		{"account=", "account", NULL},
		{"+account=x", "account", NULL},
		{"xaccount=x;accoun=y", "account", NULL},
		{";;;=;a", "account", NULL},
		{"a=x\\:y\\sz\\\\\\r\\n\\q;b=c", "a", "x;y z\\\r\nq"},
		{"a=b\\", "a", "b"},
		{"a=0123456789", "a", "01234567"},
	};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		char *text = mem_format("@%s :s PRIVMSG #q :x", tags[i].tags);
		char value[32];
		struct irc_line line;
		size_t size = i + 1 == sizeof tags / sizeof *tags ? 9 : sizeof value;
		cr_assert(irc_line_parse(text, strlen(text), &line));
		cr_expect_eq(irc_line_tag(&line, tags[i].key, value, size), tags[i].value != NULL,
			"row %zu", i);
		cr_expect_str_eq(value, tags[i].value != NULL ? tags[i].value : "", "row %zu", i);
		free(text);
	}
	char plain[] = ":s PRIVMSG #q :x";
	char value[8];
	struct irc_line line;
	cr_assert(irc_line_parse(plain, strlen(plain), &line));
	cr_expect_not(irc_line_tag(&line, "account", value, sizeof value));
}

Test(irc_line, by_a_bot)
{
	static const struct {
		const char *tags;
		bool is_by_bot;
	} tags[] = {
		{"bot", true},
		{"bot=", true},
		{"account=a;draft/bot", true},
		{"inspircd.org/bot;time=2026-11-26T07:00:00Z", true},
		{"a=bot", false},
		{"+bot", false},
		{"bots;robot=1", false},
		{";;", false},
	};
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
		char *text = mem_format("@%s :s PRIVMSG #q :x", tags[i].tags);
		struct irc_line line;
		cr_assert(irc_line_parse(text, strlen(text), &line));
		cr_expect_eq(irc_line_is_by_bot(&line), tags[i].is_by_bot, "row %zu", i);
		free(text);
	}
	char plain[] = ":s PRIVMSG #q :x";
	struct irc_line line;
	cr_assert(irc_line_parse(plain, strlen(plain), &line));
	cr_expect_not(irc_line_is_by_bot(&line));
}

Test(irc_line, server_time)
{
	static const struct {
		const char *tags;
		double seconds; /* -1: it does not say */
	} times[] = {
		{"time=1970-01-02T00:00:01.999Z", 86401},
		{"account=a;time=2026-11-26T07:00:00Z", 1795676400},
		{"time=2026-11-26", -1},
		{"time=2026-11-26T07:00:00+01:00", -1},
		{"time=2026-13-26T07:00:00Z", -1},
		{"time=yesterday", -1},
		{"time=", -1},
		{"x=1", -1},
	};
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		char *text = mem_format("@%s :s PRIVMSG #q :x", times[i].tags);
		double seconds = -1;
		struct irc_line line;
		cr_assert(irc_line_parse(text, strlen(text), &line));
		cr_expect_eq(irc_line_time(&line, &seconds), times[i].seconds >= 0, "row %zu", i);
		cr_expect_eq(seconds, times[i].seconds, "row %zu: %f", i, seconds);
		free(text);
	}
}

Test(irc_line, knows_when_it_is_not_wanted)
{
	static const struct {
		const char *words;
		bool refused;
	} words[] = {
		{"Closing Link: 192.0.2.1 (Trying to reconnect too fast.)", true},
		{"Trying to reconnect too fast, throttled", true},
		{"Closing Link: q[u@h] (K-Lined: open proxy)", true},
		{"Closing link: (u@h) [G-Lined: no bots]", true},
		{"You are banned from this server", true},
		{"Closing Link: (SASL access only)", true},
		{"You need to identify via SASL to use this server", true},
		{"You must be identified to an account to use this connect class", true},
		{"Closing link: (u@h) [Your address is blacklisted]", true},
		{"Closing link: (u@h) [Found in the DNSBL of example.net]", true},
		{"Closing Link: h (AKILL ID: 33A)", true},
		{"Closing Link: h (No more connections allowed from your host)", true},
		{"Closing Link: h (Exceeds the limit of clones)", true},
		{"Closing Link: h (Unauthorised connection)", true},
		{"Closing link: (u@h) [Access denied by configuration]", true},
		{"Closing link: (u@h) [Open proxy]", true},
		{"Refused: your host is on a blocklist", true},
		{"Closing Link: h (Server is full)", false},
		{"Closing Link: h (Registration timed out)", false},
		{"Closing Link: quoted[h] (Killed (oper (no reason)))", false},
		{"Closing Link: h (Excess Flood)", false},
		{"Closing Link: h (Ping timeout: 240 seconds)", false},
		{"Server going down", false},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		cr_expect_eq(irc_line_is_refusal(words[i].words), words[i].refused, "row %zu", i);
	cr_expect(irc_line_is_ban(&(struct irc_line){.code = 463}));
	cr_expect(irc_line_is_ban(&(struct irc_line){.code = 465}));
	cr_expect_not(irc_line_is_ban(&(struct irc_line){.code = 433}));
}

Test(irc_line, octet_nul)
{
	char text[] = "PING :a\0b";
	struct irc_line line;
	cr_assert_not(irc_line_parse(text, sizeof text - 1, &line));
}

Test(irc_line, at_most_fifteen_parameters)
{
	char text[] = ":s 005 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16";
	struct irc_line line;
	cr_assert(irc_line_parse(text, strlen(text), &line));
	cr_assert_eq(line.count, IRC_LINE_PARAMS);
	cr_assert_str_eq(line.params[14], "15 16");
}

Test(irc_line, body_limit)
{
	char text[IRC_LINE_BODY + 2];
	struct irc_line line;
	memset(text, 'x', sizeof text);
	memcpy(text, "PING :", 6);
	cr_assert(irc_line_parse(text, IRC_LINE_BODY, &line));
	memset(text, 'x', sizeof text);
	memcpy(text, "PING :", 6);
	cr_assert_not(irc_line_parse(text, IRC_LINE_BODY + 1, &line));
}

static size_t lines_of(struct irc_framing *framing, const char *data, size_t length, char *ret_last)
{
	char *text;
	size_t text_length;
	size_t count = 0;
	irc_framing_append(framing, data, length);
	for (; irc_framing_next(framing, &text, &text_length); count++)
		snprintf(ret_last, 64, "%.*s", (int)text_length, text);
	return count;
}

Test(irc_line, framing_any_split)
{
	static const char stream[] = "one\r\ntwo\n\r\nthree\r\n";
	for (size_t step = 1; step < sizeof stream; step++) {
		struct irc_framing framing = {0};
		char last[64] = "";
		size_t count = 0;
		for (size_t at = 0; at < sizeof stream - 1; at += step) {
			size_t left = sizeof stream - 1 - at;
			count += lines_of(&framing, stream + at, left < step ? left : step, last);
		}
		cr_assert_eq(count, 4, "step %zu", step);
		cr_assert_str_eq(last, "three");
		irc_framing_finish(&framing);
	}
}

Test(irc_line, framing_without_line_end_is_bounded)
{
	enum { CHUNK = 16384, CHUNKS = 2440 }; /* 39 MB */
	static char chunk[CHUNK];
	struct irc_framing framing = {0};
	char last[64] = "";
	memset(chunk, 'x', sizeof chunk);
	for (int i = 0; i < CHUNKS; i++) {
		cr_assert_eq(lines_of(&framing, chunk, sizeof chunk, last), 0);
		cr_assert_leq(framing.data.capacity, 4 * CHUNK);
	}
	cr_assert_eq(lines_of(&framing, "rest\nnext\n", 10, last), 1);
	cr_assert_str_eq(last, "next");
	irc_framing_finish(&framing);
}

Test(irc_line, framing_skips_a_long_line_in_one_piece)
{
	static char data[IRC_LINE_TAGS + IRC_LINE_BODY + 64];
	struct irc_framing framing = {0};
	char last[64] = "";
	memset(data, 'x', sizeof data);
	memcpy(data + sizeof data - 6, "\nnext\n", 6);
	cr_assert_eq(lines_of(&framing, data, sizeof data, last), 1);
	cr_assert_str_eq(last, "next");
	irc_framing_finish(&framing);
}
