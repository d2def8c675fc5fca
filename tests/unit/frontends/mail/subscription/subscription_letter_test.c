#include "frontends/mail/subscription/subscription_letter.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"

static struct subscription_home home_of(char delimiter, const char *page)
{
	struct subscription_home home = {.delimiter = delimiter,
		.section = mem_strdup("mail.test"),
		.hostname = mem_strdup("mx.q.example"),
		.page = page != NULL ? mem_strdup(page) : NULL,
		.secret = "thirty-two octets of a secret.."};
	cr_assert(smtp_address_parse("quote@q.example", &home.mailbox));
	return home;
}

/* Returns the letter for a reader, with the return path as its first line. */
static char *letter_of(char delimiter, const char *page)
{
	struct subscription_home home = home_of(delimiter, page);
	char body[] = "Subject: x\r\n\r\nx\r\n";
	struct subscription_letter letter = {.home = &home, .day = 20784, .text = body};
	struct buffer out = {0};
	char *path = subscription_letter_write(&letter, 7, "ann@b.example", &out);
	char *text = mem_format("%s\n%s", path, out.data);
	free(path);
	buffer_finish(&out);
	subscription_home_finish(&home);
	return text;
}

static void expect_parts(char delimiter, const char *page, const char *const *parts)
{
	char *text = letter_of(delimiter, page);
	for (; *parts != NULL; parts++) {
		bool absent = **parts == '!';
		bool found = strstr(text, *parts + absent) != NULL;
		cr_expect_neq(found, absent, "%s in:\n%s", *parts, text);
	}
	free(text);
}

Test(subscription_letter, comes_back_by_mail)
{
	static const char *const parts[] = {"quote+b7-", "\nTo: ann@b.example\r\n",
		"\r\nMessage-ID: <20784.7.", "\r\nReply-To: quote+u7-",
		"\r\nList-Id: <daily.q.example>\r\n", "\r\nList-Unsubscribe: <mailto:quote+u7-",
		"@q.example?subject=unsubscribe>\r\n", "!List-Unsubscribe-Post", "!http",
		"\r\nSubject: x\r\n\r\nx\r\n", NULL};
	expect_parts('+', NULL, parts);
}

Test(subscription_letter, ends_with_one_click_if_there_is_a_page)
{
	static const char *const parts[] = {
		"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
		"\r\nList-Unsubscribe: <https://q.example/subscription/u7-",
		">,\r\n <mailto:quote+u7-", NULL};
	expect_parts('+', "https://q.example/subscription/", parts);
}

Test(subscription_letter, does_without_details)
{
	static const char *const parts[] = {"quote@q.example\nTo: ann@b.example\r\n",
		"\r\nReply-To: quote@q.example\r\n",
		"<mailto:quote@q.example?subject=unsubscribe%20u7-", NULL};
	expect_parts('\0', NULL, parts);
}

Test(subscription_letter, asks_for_a_confirmation)
{
	struct buffer out = {0};
	subscription_letter_ask("pears", 450, NULL, &out);
	cr_expect_not_null(
		strstr(out.data, "at 07:30, from the collection pears.\n"), "%s", out.data);
	cr_expect_null(strstr(out.data, "page"), "%s", out.data);
	buffer_clear(&out);
	subscription_letter_ask("", 0, "https://q.example/subscription/c1-x", &out);
	cr_expect_not_null(strstr(out.data, "\nat 00:00.\n"), "%s", out.data);
	cr_expect_not_null(strstr(out.data, "\nTo confirm, reply to this mail"), "%s", out.data);
	cr_expect_not_null(
		strstr(out.data, "\nhttps://q.example/subscription/c1-x\n"), "%s", out.data);
	buffer_finish(&out);
}
