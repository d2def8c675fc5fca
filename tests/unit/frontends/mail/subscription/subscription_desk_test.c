#include "frontends/mail/subscription/subscription_desk.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#define TOKEN "u7-abcdefghijklmnopqrstuvwxyz"

Test(subscription_desk, reads_what_ends_a_subscription)
{
	static const struct {
		enum mail_command_kind kind;
		const char *argument;
		enum subscription_action action;
	} rows[] = {
		{MAIL_COMMAND_KIND_CONFIRM, "c1-x", SUBSCRIPTION_ACTION_CONFIRM},
		{MAIL_COMMAND_KIND_UNSUBSCRIBE, "", SUBSCRIPTION_ACTION_END_ADDRESS},
		{MAIL_COMMAND_KIND_UNSUBSCRIBE, "please", SUBSCRIPTION_ACTION_END_ADDRESS},
		{MAIL_COMMAND_KIND_UNSUBSCRIBE, TOKEN, SUBSCRIPTION_ACTION_END},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mail_command command = {rows[i].kind, strdup(rows[i].argument)};
		struct subscription_wish wish;
		struct buffer reason = {0};
		cr_assert(subscription_desk_is(&command));
		cr_assert(subscription_desk_read(NULL, &command, "ann@b.example", &wish, &reason));
		cr_expect_eq(wish.action, rows[i].action, "row %zu", i);
		cr_expect_str_eq(wish.address, "ann@b.example");
		cr_expect_str_eq(wish.token, rows[i].argument);
		mail_command_finish(&command);
	}
}

Test(subscription_desk, reads_a_time)
{
	static const struct {
		const char *argument;
		int minute;
	} rows[] = {{"", -1}, {"07:30", 450}, {"7:30", 450}, {"23:59", 1439}, {", 7:30", 450}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct mail_command command = {
			MAIL_COMMAND_KIND_SUBSCRIBE, strdup(rows[i].argument)};
		struct subscription_wish wish;
		struct buffer reason = {0};
		cr_assert(subscription_desk_read(NULL, &command, "ann@b.example", &wish, &reason));
		cr_expect_eq(wish.minute, rows[i].minute, "%s", rows[i].argument);
		cr_expect_str_eq(wish.collection, "");
		mail_command_finish(&command);
	}
}

Test(subscription_desk, reads_what_a_form_says)
{
	static const struct {
		const char *time;
		bool good;
		int minute;
	} rows[] = {{"", true, -1}, {"07:30", true, 450}, {"24:00", false, 0}, {"noon", false, 0}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct frontend_wish asked = {
			.address = "ann@b.example", .collection = "", .time = rows[i].time};
		struct subscription_wish wish;
		struct buffer reason = {0};
		bool read = subscription_desk_fill(NULL, &asked, &wish, &reason);
		cr_expect_eq(read, rows[i].good, "%s", rows[i].time);
		if (read)
			cr_expect_eq(wish.minute, rows[i].minute);
		else
			cr_expect_not_null(strstr(reason.data, "write it as 07:30"));
		cr_expect_str_eq(wish.address, "ann@b.example");
		buffer_finish(&reason);
	}
}

Test(subscription_desk, redeems_tokens)
{
	struct subscription_wish wish = subscription_desk_redeem(TOKEN);
	cr_expect_eq(wish.action, SUBSCRIPTION_ACTION_END);
	cr_expect_str_eq(wish.token, TOKEN);
	wish = subscription_desk_redeem("c7-abcdefghijklmnopqrstuvwxyz");
	cr_expect_eq(wish.action, SUBSCRIPTION_ACTION_CONFIRM);
}

Test(subscription_desk, explains_what_became_of_it)
{
	static const struct {
		enum subscription_action action;
		enum subscription_outcome outcome;
		const char *words;
	} rows[] = {
		{SUBSCRIPTION_ACTION_ASK, SUBSCRIPTION_OUTCOME_CROWDED, "more than once"},
		{SUBSCRIPTION_ACTION_CONFIRM, SUBSCRIPTION_OUTCOME_WRONG, "was confirmed before"},
		{SUBSCRIPTION_ACTION_END, SUBSCRIPTION_OUTCOME_DONE, "no more daily quotes"},
		{SUBSCRIPTION_ACTION_END, SUBSCRIPTION_OUTCOME_WRONG, "has already ended"},
		{SUBSCRIPTION_ACTION_END_ADDRESS, SUBSCRIPTION_OUTCOME_DONE, "Thank you"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct subscription_result result = {
			.wish.action = rows[i].action, .outcome = rows[i].outcome};
		struct buffer text = {0};
		subscription_desk_explain(&result, &text);
		cr_expect_not_null(strstr(text.data, rows[i].words), "%s", text.data);
		buffer_finish(&text);
	}
	char collection[] = "pears";
	struct subscription_result welcome = {.wish.action = SUBSCRIPTION_ACTION_CONFIRM,
		.row = {.id = 1, .collection = collection, .minute = 450}};
	struct buffer text = {0};
	subscription_desk_explain(&welcome, &text);
	cr_expect_not_null(
		strstr(text.data, "at 07:30, from the collection pears."), "%s", text.data);
	buffer_finish(&text);
}

Test(subscription_desk, knows_a_bounce)
{
#define REPORT "Content-Type: multipart/report; report-type=delivery-status\r\n\r\n"
	static const struct {
		const char *sender;
		const char *text;
		bool is;
	} rows[] = {
		{"<>", REPORT "\r\nAction: failed\r\n", true},
		{"<>", REPORT "\r\naction: FAILED\r\n", true},
		{"<>", REPORT "\r\nAction: delayed\r\n", false},
		{"<>", REPORT "\r\nAction: relayed\r\n", false},
		{"<>", "Subject: I am away\r\n\r\nAction: failed\r\n", false},
		{"<a@b.example>", REPORT "\r\nAction: failed\r\n", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct smtp_address sender;
		const char *end;
		cr_assert(smtp_address_parse_path(rows[i].sender, &sender, &end));
		cr_expect_eq(
			subscription_desk_is_bounce(&sender, rows[i].text, strlen(rows[i].text)),
			rows[i].is, "row %zu", i);
	}
}
