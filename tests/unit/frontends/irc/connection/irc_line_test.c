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
	{":a!b@c PRIVMSG #q :!quote", ":a!b@c PRIVMSG #q :!quote\r\n", true},
	{":a!b@c privmsg   #q    word", ":a!b@c PRIVMSG #q :word\r\n", true},
	{"@time=1;x=y :a!b@c PRIVMSG #q :hi", ":a!b@c PRIVMSG #q :hi\r\n", true},
	{":a!b@c NICK d", ":a!b@c NICK :d\r\n", true},
	{":s 005 a b c d e f g h i j k l m :n", ":s 005 a b c d e f g h i :j\r\n", true},
	{":s KICK #q nick", ":s KICK #q :nick\r\n", true},
	/* valid, but not for the library */
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
		bool passed = valid && irc_line_is_passed(&line);
		cr_assert_eq(passed, rows[i].passed != NULL, "row %zu: %s", i, rows[i].text);
		if (passed) {
			irc_line_format(&line, &out);
			cr_assert_str_eq(out.data, rows[i].passed, "row %zu", i);
		}
		buffer_finish(&out);
		free(text);
	}
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
