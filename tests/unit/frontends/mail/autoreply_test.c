#include "frontends/mail/autoreply.h"

#include <string.h>

#include <criterion/criterion.h>

static enum autoreply_decision decide(const char *sender_path, const char *name, const char *value)
{
	const char *end;
	struct smtp_address own;
	struct smtp_address sender;
	struct mail_headers headers = {0};
	cr_assert(smtp_address_parse("quote@q.example", &own));
	cr_assert(smtp_address_parse_path(sender_path, &sender, &end), "%s", sender_path);
	mail_headers_add(&headers, "Subject", "hello");
	if (name) {
		mail_headers_add(&headers, name, value);
	}
	struct autoreply_policy policy = {&own, "mx.q.example", 3};
	enum autoreply_decision decision = autoreply_decide(&policy, &sender, &headers);
	mail_headers_finish(&headers);
	return decision;
}

Test(autoreply, senders)
{
	static const struct {
		const char *path;
		enum autoreply_decision decision;
	} rows[] = {
		{"<a@b.example>", AUTOREPLY_DECISION_ANSWER},
		{"<>", AUTOREPLY_DECISION_NULL_SENDER},
		{"<Quote@Q.example>", AUTOREPLY_DECISION_OWN_ADDRESS},
		{"<\"quote\"@q.example>", AUTOREPLY_DECISION_OWN_ADDRESS},
		{"<quote+detail@q.example>", AUTOREPLY_DECISION_OWN_ADDRESS},
		{"<quotes+detail@q.example>", AUTOREPLY_DECISION_ANSWER},
		{"<mailer-daemon@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<MAILER-DAEMON@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<postmaster@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<owner-list@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<list-request@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<list-owner@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<ListServ@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<majordomo@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<noreply@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<No-Reply+x@b>", AUTOREPLY_DECISION_ROLE_SENDER},
		{"<requester@b>", AUTOREPLY_DECISION_ANSWER},
		{"<owner@b>", AUTOREPLY_DECISION_ANSWER},
		{"<\xc3\xa4@b>", AUTOREPLY_DECISION_UTF8_SENDER},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_assert_eq(
			decide(rows[i].path, NULL, NULL), rows[i].decision, "%s", rows[i].path);
	}
}

Test(autoreply, fields)
{
	static const struct {
		const char *name;
		const char *value;
		enum autoreply_decision decision;
	} rows[] = {
		{"Auto-Submitted", "no", AUTOREPLY_DECISION_ANSWER},
		{"auto-submitted", "NO", AUTOREPLY_DECISION_ANSWER},
		{"Auto-Submitted", "no; x=y", AUTOREPLY_DECISION_ANSWER},
		{"Auto-Submitted", "(c(d)\\)) no (e)", AUTOREPLY_DECISION_ANSWER},
		{"Auto-Submitted", "auto-replied", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted", "(no) auto-generated; x=no", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted", "nothing", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"Auto-Submitted", "", AUTOREPLY_DECISION_AUTO_SUBMITTED},
		{"LIST-ID", "<x>", AUTOREPLY_DECISION_LIST},
		{"List-Unsubscribe", "<x>", AUTOREPLY_DECISION_LIST},
		{"Listing", "x", AUTOREPLY_DECISION_ANSWER},
		{"Precedence", "Bulk", AUTOREPLY_DECISION_PRECEDENCE},
		{"Precedence", "junk (x)", AUTOREPLY_DECISION_PRECEDENCE},
		{"precedence", "list", AUTOREPLY_DECISION_PRECEDENCE},
		{"Precedence", "first-class", AUTOREPLY_DECISION_ANSWER},
		{"X-Auto-Response-Suppress", "All", AUTOREPLY_DECISION_SUPPRESSED},
		{"X-Auto-Response-Suppress", "DR, OOF", AUTOREPLY_DECISION_SUPPRESSED},
		{"X-Auto-Response-Suppress", "DR,RN", AUTOREPLY_DECISION_ANSWER},
		{"Authentication-Results", "mx.q.example; spf=fail x=y",
			AUTOREPLY_DECISION_UNAUTHENTICATED},
		{"Authentication-Results", "MX.q.example 1; dkim=pass; dmarc = FAIL (p=none)",
			AUTOREPLY_DECISION_UNAUTHENTICATED},
		{"Authentication-Results", "mx.q.example; spf=pass; dkim=none",
			AUTOREPLY_DECISION_ANSWER},
		{"Authentication-Results", "evil.example; spf=fail", AUTOREPLY_DECISION_ANSWER},
		{"Authentication-Results", "mx.q.example", AUTOREPLY_DECISION_ANSWER},
		{"Authentication-Results", "", AUTOREPLY_DECISION_ANSWER},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_assert_eq(decide("<a@b>", rows[i].name, rows[i].value), rows[i].decision,
			"%s: %s", rows[i].name, rows[i].value);
	}
}

Test(autoreply, too_many_hops)
{
	struct smtp_address own;
	struct mail_headers headers = {0};
	cr_assert(smtp_address_parse("quote@q.example", &own));
	struct smtp_address sender;
	cr_assert(smtp_address_parse("a@b", &sender));
	struct autoreply_policy policy = {&own, "", 3};
	for (int i = 0; i < 3; i++) {
		mail_headers_add(&headers, "Received", "x");
	}
	cr_assert_eq(autoreply_decide(&policy, &sender, &headers), AUTOREPLY_DECISION_ANSWER);
	mail_headers_add(&headers, "received", "x");
	cr_assert_eq(autoreply_decide(&policy, &sender, &headers), AUTOREPLY_DECISION_HOPS);
	mail_headers_finish(&headers);
}
