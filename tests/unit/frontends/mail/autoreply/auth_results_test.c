#include "frontends/mail/autoreply/auth_results.h"

#include <stdio.h>

#include <criterion/criterion.h>

#define MX "mx.q.example; "

enum { NOTHING, PASSED, FAILED, REJECTED };

Test(auth_results, believes_what_the_trusted_server_says_of_the_sender)
{
	static const struct {
		const char *value;
		int says;
	} rows[] = {
		{MX "spf=pass smtp.mailfrom=b.example", PASSED},
		{MX "spf=pass smtp.mailfrom=ann@b.example", PASSED},
		{MX "spf=pass smtp.mailfrom=\"ann x\"@B.EXAMPLE", PASSED},
		{MX "SPF = Pass (it (really) is) smtp.mailfrom = b.example", PASSED},
		{MX "spf=pass", PASSED},
		{MX "spf=pass smtp.helo=b.example", NOTHING},
		{MX "spf=pass smtp.mailfrom=evil.example", NOTHING},
		{MX "spf=pass smtp.mailfrom=b.example@evil.example", NOTHING},
		{MX "spf=pass smtp.mailfrom=evilb.example", NOTHING},
		{MX "spf=softfail smtp.mailfrom=b.example", NOTHING},
		{MX "spf=fail smtp.mailfrom=b.example", FAILED},
		{MX "spf=hardfail smtp.mailfrom=b.example", FAILED},
		{MX "dkim=pass (2048-bit key; x) header.d=b.example header.s=k", PASSED},
		{MX "dkim=pass header.i=@mail.b.example", PASSED},
		{MX "dkim/1=pass header.d=b.example", PASSED},
		{MX "dkim=pass", NOTHING},
		{MX "dkim=pass header.d=evil.example", NOTHING},
		{MX "dkim=pass header.d=example", NOTHING},
		{MX "dkim=pass header.from=b.example", NOTHING},
		{MX "dkim=pass reason=\"good; spf=pass\" header.d=evil.example", NOTHING},
		{MX "dkim=none (spf=pass; dkim=pass header.d=b.example)", NOTHING},
		{MX "dmarc=pass (p=none dis=none) header.from=b.example", PASSED},
		{MX "dmarc=pass", NOTHING},
		{MX "dmarc=pass header.from=evil.example", NOTHING},
		{MX "dmarc=fail header.from=b.example", REJECTED},
		{MX "spf=pass smtp.mailfrom=b.example; dmarc=fail header.from=c.example", REJECTED},
		{MX "spf=fail smtp.mailfrom=b.example; dkim=pass header.d=b.example", PASSED},
		{MX "dkim=fail header.d=c.example; dkim=pass header.d=b.example", PASSED},
		{MX "iprev=pass policy.iprev=192.0.2.1", NOTHING},
		{MX "auth=pass smtp.mailfrom=b.example", NOTHING},
		{MX "none", NOTHING},
		{"MX.q.example 1; spf=pass smtp.mailfrom=b.example", PASSED},
		{"(c) \"mx.q.example\" (c) ; spf=pass smtp.mailfrom=b.example", PASSED},
		{"mx.q.example", NOTHING},
		{"mx.q.example.evil; spf=pass smtp.mailfrom=b.example", NOTHING},
		{"evil.example; mx.q.example; spf=pass smtp.mailfrom=b.example", NOTHING},
		{"evil.example; spf=fail smtp.mailfrom=b.example; dmarc=fail", NOTHING},
		{"mx.q.example evil; spf=pass smtp.mailfrom=b.example", NOTHING},
		{"mx.q.example 2; spf=pass smtp.mailfrom=b.example", NOTHING},
		{"mx.q.example (c) 1 (c); spf=pass smtp.mailfrom=b.example", PASSED},
		{MX "spf=pass smtp.mailfrom=<ann@b.example>", PASSED},
		{"", NOTHING},
		{MX "spf", NOTHING},
		{MX "=pass; spf=pass =b; (", PASSED},
		{MX "spf=", NOTHING},
		{MX "spf=\"pass\\", NOTHING},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct auth_results results = {0};
		auth_results_read(rows[i].value, "mx.q.example", "b.example", &results);
		int says = results.rejected ? REJECTED
			   : results.passed ? PASSED
			   : results.failed ? FAILED
					    : NOTHING;
		cr_expect_eq(says, rows[i].says, "%s: %d", rows[i].value, says);
	}
}

Test(auth_results, aligns_what_is_of_one_organization)
{
	static const struct {
		const char *signer;
		const char *sender;
		bool aligned;
	} rows[] = {
		{"news.b.example", "mail.b.example", true},
		{"B.Example", "mail.b.example", true},
		{"a.b.co.uk", "b.CO.UK", true},
		{"c.co.uk", "b.co.uk", false},
		{"co.uk", "b.co.uk", false},
		{"b.co.uk", "co.uk", false},
		{"ann.github.io", "bob.github.io", false},
		{"bob.github.io", "github.io", false},
		{"github.io", "github.io", true},
		{"intern", "intern", true},
		{"b.intern", "intern", false},
		{"", "b.example", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char value[100];
		struct auth_results results = {0};
		snprintf(value, sizeof value, MX "dkim=pass header.d=%s", rows[i].signer);
		auth_results_read(value, "mx.q.example", rows[i].sender, &results);
		cr_expect_eq(
			results.passed, rows[i].aligned, "%s, %s", rows[i].signer, rows[i].sender);
	}
}

Test(auth_results, adds_up_fields)
{
	struct auth_results results = {0};
	auth_results_read(MX "spf=none", "mx.q.example", "b.example", &results);
	auth_results_read(MX "dkim=pass header.d=b.example", "mx.q.example", "b.example", &results);
	cr_expect(results.passed);
	auth_results_read(MX "dmarc=fail", "mx.q.example", "b.example", &results);
	cr_expect(results.passed && results.rejected);
}
