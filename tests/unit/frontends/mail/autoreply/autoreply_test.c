#include "frontends/mail/autoreply/autoreply.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* Who is believed; without any it is the policy of a local service. */
struct believed {
	const char *authserv; /* NULL: none */
	const char *domain;   /* in sender_domains; NULL: none */
};

/* Decides about a message with fields as in "Name: value\nName: value". */
static enum autoreply_decision decide(
	const char *sender_path, const char *fields, struct believed believed)
{
	const char *end;
	struct smtp_address items[2];
	struct smtp_address sender;
	struct mail_headers headers = {0};
	struct strings domains = {0};
	cr_assert(smtp_address_parse("quote@q.example", &items[0]));
	cr_assert(smtp_address_parse("words@r.nowhere", &items[1]));
	struct smtp_mailboxes own = {items, 2, "+"};
	cr_assert(smtp_address_parse_path(sender_path, &sender, &end), "%s", sender_path);
	char *copy = strdup(fields);
	char *rest = NULL;
	for (char *at = strtok_r(copy, "\n", &rest); at != NULL; at = strtok_r(NULL, "\n", &rest)) {
		char *colon = strchr(at, ':');
		*colon = '\0';
		mail_headers_add(&headers, at, colon + 1);
	}
	if (believed.domain != NULL)
		strings_add(&domains, believed.domain);
	struct autoreply_policy policy = {&own, "mx.nowhere",
		believed.authserv != NULL ? believed.authserv : "", &domains, 3};
	enum autoreply_decision decision = autoreply_decide(&policy, &sender, &headers);
	free(copy);
	strings_finish(&domains);
	mail_headers_finish(&headers);
	return decision;
}

/* RFC 3834 2 and 4: the response goes to the envelope's sender alone, if that is a person. */
Test(autoreply, senders)
{
	static const struct {
		const char *path;
		enum autoreply_decision decision;
	} rows[] = {
		{"<a@b.example>", AUTOREPLY_DECISION_ANSWER},
		{"<>", AUTOREPLY_DECISION_NULL_SENDER},
		{"<Quote@Q.example>", AUTOREPLY_DECISION_OWN_ADDRESS},
		{"<words@r.nowhere>", AUTOREPLY_DECISION_OWN_ADDRESS},
		{"<\"quote\"@q.example>", AUTOREPLY_DECISION_OWN_ADDRESS},
		{"<quote+detail@q.example>", AUTOREPLY_DECISION_OWN_ADDRESS},
		{"<quotes+detail@q.example>", AUTOREPLY_DECISION_ANSWER},
		{"<mailer-daemon@b.example>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<No-Reply+x@b.example>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<root@localhost>", AUTOREPLY_DECISION_NOWHERE},
		{"<root@mailhost>", AUTOREPLY_DECISION_NOWHERE},
		{"<root@[127.0.0.1]>", AUTOREPLY_DECISION_NOWHERE},
		{"<a%c.example@b.example>", AUTOREPLY_DECISION_ROUTED},
		{"<\"a@c.example\"@b.example>", AUTOREPLY_DECISION_ROUTED},
		{"<a@b.1>", AUTOREPLY_DECISION_NOWHERE},
		{"<prvs=1234abcd=no-reply@b.example>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<\xc3\xa4@b.example>", AUTOREPLY_DECISION_ANSWER},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_expect_eq(decide(rows[i].path, "Subject: x", (struct believed){0}),
			rows[i].decision, "%s", rows[i].path);
}

Test(autoreply, fields)
{
	static const struct {
		const char *field;
		enum autoreply_decision decision;
	} rows[] = {
		{"Auto-Submitted: no", AUTOREPLY_DECISION_ANSWER},
		{"auto-submitted: NO", AUTOREPLY_DECISION_ANSWER},
		{"Auto-Submitted: no; x=y", AUTOREPLY_DECISION_ANSWER},
		{"Auto-Submitted: (c(d)\\)) no (e)", AUTOREPLY_DECISION_ANSWER},
		{"Auto-Submitted: auto-replied", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted: auto-generated", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted: auto-notified; owner-email=x", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted: (no) auto-generated; x=no", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted: nothing", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted: ", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted: no\nAuto-Submitted: auto-replied",
			AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"LIST-ID: <x>", AUTOREPLY_DECISION_LIST},
		{"List-Help: <x>", AUTOREPLY_DECISION_LIST},
		{"List-Subscribe: <x>", AUTOREPLY_DECISION_LIST},
		{"List-Unsubscribe: <x>", AUTOREPLY_DECISION_LIST},
		{"List-Post: <x>", AUTOREPLY_DECISION_LIST},
		{"List-Owner: <x>", AUTOREPLY_DECISION_LIST},
		{"List-Archive: <x>", AUTOREPLY_DECISION_LIST},
		{"Mailing-List: contact x", AUTOREPLY_DECISION_LIST},
		{"X-BeenThere: x", AUTOREPLY_DECISION_LIST},
		{"Listing: x", AUTOREPLY_DECISION_ANSWER},
		{"Precedence: Bulk", AUTOREPLY_DECISION_PRECEDENCE},
		{"Precedence: junk (x)", AUTOREPLY_DECISION_PRECEDENCE},
		{"precedence: list", AUTOREPLY_DECISION_PRECEDENCE},
		{"Precedence: auto_reply", AUTOREPLY_DECISION_PRECEDENCE},
		{"X-Precedence: bulk", AUTOREPLY_DECISION_PRECEDENCE},
		{"Precedence: first-class", AUTOREPLY_DECISION_ANSWER},
		{"X-Auto-Response-Suppress: All", AUTOREPLY_DECISION_SUPPRESSED},
		{"X-Auto-Response-Suppress: DR, OOF", AUTOREPLY_DECISION_SUPPRESSED},
		{"X-Auto-Response-Suppress: AutoReply", AUTOREPLY_DECISION_SUPPRESSED},
		{"X-Auto-Response-Suppress: DR,RN", AUTOREPLY_DECISION_ANSWER},
		{"X-Autoreply: yes", AUTOREPLY_DECISION_ROBOT},
		{"X-Autorespond: x", AUTOREPLY_DECISION_ROBOT},
		{"X-Autoresponse: x", AUTOREPLY_DECISION_ROBOT},
		{"X-AutoReply-From: x", AUTOREPLY_DECISION_ROBOT},
		{"X-Mail-Autoreply: x", AUTOREPLY_DECISION_ROBOT},
		{"X-AutoReply-Domain: x", AUTOREPLY_DECISION_ROBOT},
		{"X_Auto_Responder: x", AUTOREPLY_DECISION_ROBOT},
		{"X-Auto-Generated: x", AUTOREPLY_DECISION_ROBOT},
		{"X-Auto-Replied: x", AUTOREPLY_DECISION_ROBOT},
		{"X-FC-MachineGenerated: true", AUTOREPLY_DECISION_ROBOT},
		{"X-HolidayReply: x", AUTOREPLY_DECISION_ROBOT},
		{"X-Autograph: x", AUTOREPLY_DECISION_ANSWER},
		{"X-Auto-Submitted: auto-replied", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"X-Auto-Submitted: no", AUTOREPLY_DECISION_ANSWER},
		{"Delivered-To: Autoresponder", AUTOREPLY_DECISION_ROBOT},
		{"Delivered-To: quote@q.example", AUTOREPLY_DECISION_ANSWER},
		{"X-POST-MessageClass: 9; Autoresponder", AUTOREPLY_DECISION_ROBOT},
		{"X-Feedback-ID: 1:2:3", AUTOREPLY_DECISION_ROBOT},
		{"Feedback-ID: 1:2:3", AUTOREPLY_DECISION_ROBOT},
		{"Feedback-ID: 1.eu-west-1.x=:AmazonSES", AUTOREPLY_DECISION_ROBOT},
		{"Feedback-ID: i0123abcd:Fastmail", AUTOREPLY_DECISION_ANSWER},
		{"Feedback-ID: 1234567:user:proton", AUTOREPLY_DECISION_ANSWER},
		{"Feedback-ID: x==:Ext:ProtonMail", AUTOREPLY_DECISION_ANSWER},
		{"Feedback-ID: rr08:zu08:rf08:ZohoMail", AUTOREPLY_DECISION_ANSWER},
		{"Feedback-ID: esmtpsz:b.example:qybglogicsvrsz:qybglogicsvrsz4a-0",
			AUTOREPLY_DECISION_ANSWER},
		{"X-Failed-Recipients: x@b.example", AUTOREPLY_DECISION_ROBOT},
		{"X-Cron-Env: <SHELL=/bin/sh>", AUTOREPLY_DECISION_ROBOT},
		{"Content-Type: multipart/report; boundary=x", AUTOREPLY_DECISION_REPORT},
		{"Content-Type: Multipart/Report; report-type=disposition-notification",
			AUTOREPLY_DECISION_REPORT},
		{"Content-Type: message/delivery-status", AUTOREPLY_DECISION_REPORT},
		{"Content-Type: message/disposition-notification", AUTOREPLY_DECISION_REPORT},
		{"Content-Type: multipart/mixed; report-type=delivery-status",
			AUTOREPLY_DECISION_REPORT},
		{"Content-Type: multipart/mixed; boundary=x", AUTOREPLY_DECISION_ANSWER},
		{"Disposition-Notification-To: a@b.example", AUTOREPLY_DECISION_ANSWER},
		{"X-Spam-Flag: YES", AUTOREPLY_DECISION_SPAM},
		{"X-Spam-Flag: true", AUTOREPLY_DECISION_SPAM},
		{"X-Spam-Flag: no", AUTOREPLY_DECISION_ANSWER},
		{"X-Spam-Status: Yes, score=9", AUTOREPLY_DECISION_SPAM},
		{"X-Spam-Status: No, score=1", AUTOREPLY_DECISION_ANSWER},
		{"X-Loop: quote@q.example", AUTOREPLY_DECISION_LOOP},
		{"X-Loop: Words+x@R.nowhere", AUTOREPLY_DECISION_LOOP},
		{"X-Loop: loop quote@q.example", AUTOREPLY_DECISION_LOOP},
		{"X-Loop: \"QUOTE@q.example\"", AUTOREPLY_DECISION_LOOP},
		{"X-Loop: loop my-quote@q.example", AUTOREPLY_DECISION_ANSWER},
		{"X-Loop: a@b.example", AUTOREPLY_DECISION_ANSWER},
		{"Return-Path: <>", AUTOREPLY_DECISION_NULL_SENDER},
		{"Return-Path: (c) < > (c)", AUTOREPLY_DECISION_NULL_SENDER},
		{"Return-Path: <MAILER-DAEMON>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"Return-Path: <a@b.example>", AUTOREPLY_DECISION_ANSWER},
		{"From: Shop <no-reply@shop.example>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"From: Ann <ann@shop.example>", AUTOREPLY_DECISION_ANSWER},
		{"From: Quotes <quote+x@q.example>", AUTOREPLY_DECISION_OWN_ADDRESS},
		{"Sender: owner-list@b.example", AUTOREPLY_DECISION_ROLE_SENDER},
		{"Resent-From: noreply@b.example", AUTOREPLY_DECISION_ROLE_SENDER},
		{"Reply-To: no-reply@shop.example", AUTOREPLY_DECISION_ANSWER},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_expect_eq(decide("<a@b.example>", rows[i].field, (struct believed){0}),
			rows[i].decision, "%s", rows[i].field);
}

/* RFC 5230 4.5. */
Test(autoreply, answers_only_what_is_addressed_to_us)
{
	static const struct {
		const char *fields;
		bool answered;
	} rows[] = {
		{"Subject: x", true},
		{"To: quote@q.example", true},
		{"To: Q <QUOTE+today@q.example>, b@c.example", true},
		{"To: b@c.example\nCc: us: words@r.nowhere;", true},
		{"To: b@c.example\nBcc: quote@q.example", true},
		{"To: b@c.example\nResent-To: quote@q.example", true},
		{"Resent-Cc: quote@q.example", true},
		{"Resent-Bcc: quote@q.example", true},
		{"To: b@c.example", false},
		{"To: undisclosed-recipients:;", false},
		{"To: \"quote@q.example\" <b@c.example>", false},
		{"Cc: quote@c.example", false},
		{"To: bob@b.example; Quote <quote@q.example>", true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		cr_expect_eq(decide("<a@b.example>", rows[i].fields, (struct believed){0}),
			rows[i].answered ? AUTOREPLY_DECISION_ANSWER
					 : AUTOREPLY_DECISION_NOT_ADDRESSED,
			"%s", rows[i].fields);
}

#define PASS "Authentication-Results: mx.q.example; spf=pass smtp.mailfrom=b.nowhere"
#define FAIL "Authentication-Results: mx.q.example; spf=fail smtp.mailfrom=b.nowhere"
#define STRANGE "Authentication-Results: mx.evil.example; spf=pass smtp.mailfrom=b.nowhere"

Test(autoreply, answers_nobody_who_may_be_forged)
{
	static const struct {
		struct believed believed;
		const char *sender;
		const char *fields;
		enum autoreply_decision decision;
	} rows[] = {
		/* Nothing is believed: local domains, those named and those that are none. */
		{{NULL, NULL}, "<a@b.nowhere>", "A: b", AUTOREPLY_DECISION_STRANGER},
		{{NULL, NULL}, "<a@b.nowhere>", PASS, AUTOREPLY_DECISION_STRANGER},
		{{NULL, NULL}, "<a@b.example>", FAIL, AUTOREPLY_DECISION_ANSWER},
		{{NULL, NULL}, "<a@q.example>", "A: b", AUTOREPLY_DECISION_ANSWER},
		{{NULL, NULL}, "<a@R.nowhere>", "A: b", AUTOREPLY_DECISION_ANSWER},
		{{NULL, NULL}, "<a@x.r.nowhere>", "A: b", AUTOREPLY_DECISION_STRANGER},
		{{NULL, NULL}, "<a@mx.nowhere>", "A: b", AUTOREPLY_DECISION_ANSWER},
		{{NULL, "b.nowhere"}, "<a@b.nowhere>", "A: b", AUTOREPLY_DECISION_ANSWER},
		{{NULL, "b.nowhere"}, "<a@c.b.nowhere>", "A: b", AUTOREPLY_DECISION_ANSWER},
		{{NULL, "b.nowhere"}, "<a@cb.nowhere>", "A: b", AUTOREPLY_DECISION_STRANGER},
		{{NULL, "*"}, "<a@b.nowhere>", "A: b", AUTOREPLY_DECISION_ANSWER},
		/* A server is believed. */
		{{"mx.q.example", NULL}, "<a@b.nowhere>", PASS, AUTOREPLY_DECISION_ANSWER},
		{{"mx.q.example", NULL}, "<a@b.nowhere>", "A: b",
			AUTOREPLY_DECISION_UNAUTHENTICATED},
		{{"mx.q.example", NULL}, "<a@q.example>", "A: b",
			AUTOREPLY_DECISION_UNAUTHENTICATED},
		{{"mx.q.example", NULL}, "<a@b.nowhere>", STRANGE,
			AUTOREPLY_DECISION_UNAUTHENTICATED},
		{{"mx.q.example", NULL}, "<a@b.nowhere>", FAIL, AUTOREPLY_DECISION_UNAUTHENTICATED},
		{{"mx.q.example", NULL}, "<a@c.nowhere>", PASS, AUTOREPLY_DECISION_UNAUTHENTICATED},
		{{"mx.q.example", NULL}, "<a@b.nowhere>", STRANGE "\n" PASS,
			AUTOREPLY_DECISION_ANSWER},
		{{"mx.q.example", NULL}, "<a@b.nowhere>",
			PASS "\nAuthentication-Results: mx.q.example; dmarc=fail",
			AUTOREPLY_DECISION_UNAUTHENTICATED},
		/* Those named need no result, but must not have failed. */
		{{"mx.q.example", "b.nowhere"}, "<a@b.nowhere>", "A: b", AUTOREPLY_DECISION_ANSWER},
		{{"mx.q.example", "b.nowhere"}, "<a@b.nowhere>", FAIL,
			AUTOREPLY_DECISION_UNAUTHENTICATED},
		{{"mx.q.example", "c.nowhere"}, "<a@b.nowhere>", "A: b",
			AUTOREPLY_DECISION_UNAUTHENTICATED},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		enum autoreply_decision decision =
			decide(rows[i].sender, rows[i].fields, rows[i].believed);
		cr_expect_eq(decision, rows[i].decision, "row %zu: %d", i, decision);
	}
}

Test(autoreply, hops)
{
	char fields[128] = "A: b";
	for (int count = 1; count <= 4; count++) {
		strcat(fields, "\nReceived: by x; date");
		cr_expect_eq(decide("<a@b.example>", fields, (struct believed){0}),
			count <= 3 ? AUTOREPLY_DECISION_ANSWER : AUTOREPLY_DECISION_HOPS);
	}
}

Test(autoreply, has_a_reason_for_each_decision)
{
	for (int i = 0; i <= AUTOREPLY_DECISION_STRANGER; i++)
		cr_expect_not_null(autoreply_reason((enum autoreply_decision)i), "%d", i);
}
