#include "frontends/irc/message/irc_ctcp.h"

#include <string.h>

#include <criterion/criterion.h>

static void expect(const char *text, const char *wanted)
{
	struct buffer out = {0};
	bool answered = irc_ctcp_answer(text, "me@example.org", 1700000000, &out);
	cr_assert_eq(answered, wanted != NULL, "%s", text);
	if (wanted != NULL)
		cr_assert_str_eq(out.data, wanted);
	else
		cr_assert_eq(out.length, 0);
	buffer_finish(&out);
}

Test(irc_ctcp, answers_what_clients_ask)
{
	expect("\1VERSION\1", "\1VERSION quoted, a quote bot; contact: me@example.org\1");
	expect("\1version", "\1VERSION quoted, a quote bot; contact: me@example.org\1");
	expect("\1PING 12 34\1", "\1PING 12 34\1");
	expect("\1PING\1", "\1PING\1");
	expect("\1TIME\1", "\1TIME Tue, 14 Nov 2023 22:13:20 +0000\1");
	expect("\1SOURCE\1", "\1SOURCE ask me@example.org\1");
	expect("\1CLIENTINFO\1", "\1CLIENTINFO CLIENTINFO PING SOURCE TIME VERSION\1");
}

Test(irc_ctcp, is_silent_on_everything_else)
{
	static const char *const texts[] = {"", "VERSION", "\1", "\1\1", "\1VERSIONS\1",
		"\1ACTION waves\1", "\1DCC SEND x 1 2 3\1", "\1USERINFO\1", "\1FINGER\1"};
	char ping[200] = "\1PING ";
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		expect(texts[i], NULL);
	memset(ping + strlen(ping), 'x', 150);
	expect(ping, NULL);
}

Test(irc_ctcp, recognises_it)
{
	cr_assert(irc_ctcp_is("\1ACTION waves\1"));
	cr_assert_not(irc_ctcp_is("waves"));
}
