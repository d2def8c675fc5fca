#include "frontends/irc/answer/irc_layout.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"

static struct irc_reply reply = {
	.nick = "quoted", .user = "q", .shown = "q@h", .verb = "PRIVMSG", .target = "#a"};

static struct quote quote_of(const char *text)
{
	return (struct quote){
		.id = quote_id_of(text, strlen(text)), .text = text, .length = strlen(text)};
}

static void expect(const char *text, const struct irc_layout *layout, const char *wanted)
{
	struct quote quote = quote_of(text);
	struct strings lines = {0};
	cr_assert(irc_layout_lines(&reply, &quote, layout, 3, &lines));
	cr_assert_eq(lines.count, 1);
	cr_assert_str_eq(lines.items[0], wanted);
	strings_finish(&lines);
}

Test(irc_layout, the_id_is_at_the_end)
{
	struct irc_layout plain = {.id_length = 4};
	struct irc_layout longer = {.id_length = 6, .count = 1, .number = 1};
	struct irc_layout match = {.id_length = 4, .count = 3, .number = 2};
	struct irc_layout linked = {.id_length = 4, .link = "https://x.example/q/rchg"};
	expect("An apple", &plain, "PRIVMSG #a :An apple [rchg]");
	expect("An apple", &longer, "PRIVMSG #a :An apple [rchgmp]");
	expect("An apple", &match, "PRIVMSG #a :(2 of 3) An apple [rchg]");
	expect("An apple", &linked, "PRIVMSG #a :An apple [rchg] https://x.example/q/rchg");
}

Test(irc_layout, drawings_and_long_quotes_are_refused)
{
	static const char drawing[] = " /\\_/\\\n( o.o )\n > ^ <";
	char text[2000];
	struct irc_layout plain = {.id_length = 4};
	struct strings lines = {0};
	struct quote quote = quote_of(drawing);
	cr_assert_not(irc_layout_lines(&reply, &quote, &plain, 3, &lines));
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	quote = quote_of(text);
	cr_assert_not(irc_layout_lines(&reply, &quote, &plain, 3, &lines));
	cr_assert_eq(lines.count, 0);
}

/* A link that does not fit is left out, before a quote is. */
Test(irc_layout, the_link_gives_way)
{
	char text[600];
	struct irc_layout linked = {.id_length = 4, .link = "https://x.example/q/abcd"};
	struct strings lines = {0};
	size_t room = irc_reply_room(&reply);
	memset(text, 'x', room - 7);
	text[room - 7] = '\0';
	struct quote quote = quote_of(text);
	cr_assert(irc_layout_lines(&reply, &quote, &linked, 1, &lines));
	cr_assert_eq(lines.count, 1);
	cr_assert_null(strstr(lines.items[0], "https"));
	strings_finish(&lines);
}

/* With each length of our mask and each size of character, the longest line is of 510 octets and
 * whole characters, and one character more makes it two. */
Test(irc_layout, fills_the_line_to_the_octet)
{
	static const char *const characters[] = {
		"x", "\xc3\xa9", "\xe7\x9f\xa5", "\xf0\x9f\x98\x80"};
	char mask[200];
	for (size_t m = 3; m < sizeof mask - 1; m++) {
		memset(mask, 'm', m);
		mask[m] = '\0';
		reply.shown = mask;
		size_t room = irc_reply_room(&reply) - strlen(" [abcd]");
		for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
			size_t size = strlen(characters[i]);
			struct buffer text = {0};
			struct strings lines = {0};
			struct irc_layout plain = {.id_length = 4};
			while (text.length + size <= room)
				buffer_add(&text, characters[i]);
			struct quote quote = quote_of(text.data);
			cr_assert(irc_layout_lines(&reply, &quote, &plain, 1, &lines));
			cr_assert_eq(lines.count, 1);
			size_t sent = strlen(":quoted! ") + m + strlen(lines.items[0]) + 2;
			cr_assert(sent <= 512 && sent + size > 512, "%zu", sent);
			cr_assert(utf8_is_valid(lines.items[0], strlen(lines.items[0])));
			buffer_add(&text, characters[i]);
			quote = quote_of(text.data);
			strings_finish(&lines);
			cr_assert_not(irc_layout_lines(&reply, &quote, &plain, 1, &lines));
			cr_assert(irc_layout_lines(&reply, &quote, &plain, 2, &lines));
			strings_finish(&lines);
			buffer_finish(&text);
		}
	}
	reply.shown = "q@h";
}

Test(irc_layout, splits_what_it_has_made)
{
	static const struct {
		const char *text, *id;
		size_t length;
	} rows[] = {
		{"An apple [rchg]", "rchg", 8},
		{"An apple [rchg] https://x.example/q/rchg", "rchg", 8},
		{"a [b] [rchgmp9kr03d]", "rchgmp9kr03d", 5},
		{"An apple [rch]", "", 0},
		{"An apple [rchgmp9kr03dd]", "", 0},
		{"An apple[rchg]", "", 0},
		{"[rchg]", "", 0},
		{"An apple [rchg] x", "", 0},
		{"https://x.example", "", 0},
		{"", "", 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char id[QUOTE_ID_LENGTH + 1] = "";
		cr_assert_eq(
			irc_layout_split(rows[i].text, id), rows[i].length, "%s", rows[i].text);
		cr_assert_str_eq(id, rows[i].id);
	}
}

Test(irc_layout, fits_every_place)
{
	static const struct {
		const char *nick, *channel;
		size_t room;
	} rows[] = {
		{"q", "#a", 512 - 10 - 63 - 3 - 1 - 7 - 32 - 15},
		{"quoted", "#a", 512 - 10 - 63 - 8 - 1 - 7 - 32 - 15},
		{"quoted", "#a-channel-with-a-name-of-forty-octets-...",
			512 - 10 - 63 - 8 - 1 - 7 - 42 - 15},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct irc_options options = {
			.max_lines = 3, .nick = (char *)rows[i].nick, .username = "u"};
		strings_add(&options.channels, "#b");
		strings_add(&options.channels, rows[i].channel);
		struct quote_fit fit = irc_layout_fit(&options);
		cr_assert(fit.fold);
		cr_assert_eq(fit.max_lines, 3);
		cr_assert_eq(fit.line_bytes, rows[i].room, "row %zu: %zu", i, fit.line_bytes);
		strings_finish(&options.channels);
	}
}
