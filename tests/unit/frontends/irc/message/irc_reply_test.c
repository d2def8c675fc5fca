#include "frontends/irc/message/irc_reply.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const struct irc_reply to_channel = {
	.nick = "quoted", .user = "quoted", .verb = "PRIVMSG", .target = "#quotes"};

Test(irc_reply, room_leaves_the_relayed_line_within_512)
{
	char host[64];
	char relayed[1024];
	memset(host, 'h', 63);
	host[63] = '\0';
	snprintf(relayed, sizeof relayed, ":quoted!~quoted@%s PRIVMSG #quotes :\r\n", host);
	cr_assert_eq(irc_reply_room(&to_channel) + strlen(relayed), 512);
}

Test(irc_reply, room_is_exact_once_the_server_has_shown_us)
{
	char mask[400];
	char relayed[1024];
	for (size_t length = 3; length < sizeof mask; length++) {
		memset(mask, 'm', length);
		mask[length] = '\0';
		struct irc_reply reply = to_channel;
		reply.shown = mask;
		snprintf(relayed, sizeof relayed, ":quoted!%s PRIVMSG #quotes :\r\n", mask);
		cr_assert_eq(irc_reply_room(&reply) + strlen(relayed), 512, "%zu", length);
	}
}

Test(irc_reply, no_room_beside_a_long_target)
{
	char target[600];
	struct strings out = {0};
	memset(target, 'x', sizeof target - 1);
	target[sizeof target - 1] = '\0';
	struct irc_reply reply = {
		.nick = "quoted", .user = "quoted", .verb = "PRIVMSG", .target = target};
	cr_assert_eq(irc_reply_room(&reply), 0);
	cr_assert_not(irc_reply_lines(&reply, "a", 1, &out));
}

Test(irc_reply, lines)
{
	static const char text[] = "one\n\ntwo\rthree\0four\n";
	struct strings out = {0};
	cr_assert(irc_reply_lines(&to_channel, text, sizeof text - 1, &out));
	cr_assert_eq(out.count, 2);
	cr_assert_str_eq(out.items[0], "PRIVMSG #quotes :one");
	cr_assert_str_eq(out.items[1], "PRIVMSG #quotes :two three four");
	strings_finish(&out);
}

Test(irc_reply, target_must_be_one_word)
{
	static const char *const targets[] = {"", "a b", "a\r\nQUIT", ":a", "a\nb"};
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		struct irc_reply reply = {.nick = "quoted",
			.user = "quoted",
			.verb = "PRIVMSG",
			.target = targets[i]};
		struct strings out = {0};
		cr_assert_not(irc_reply_lines(&reply, "a", 1, &out), "target %zu", i);
		cr_assert_eq(out.count, 0);
	}
}
