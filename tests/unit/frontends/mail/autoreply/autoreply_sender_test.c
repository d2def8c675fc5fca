#include "frontends/mail/autoreply/autoreply_sender.h"

#include <criterion/criterion.h>
#include <stddef.h>

Test(autoreply_sender, knows_programs_in_every_spelling)
{
	static const char *const programs[] = {"MAILER-DAEMON", "mailer.daemon", "postmaster",
		"PostMaster+x", "LISTSERV", "majordomo", "owner-list", "list-owner", "list-request",
		"list-bounces", "bounces+ann=b.example", "bounce-123", "bounces", "bounce_7-x",
		"msg-bounce", "mailer", "Mailer-2", "noreply", "no-reply", "no.reply", "no_reply",
		"NoReply", "noreply-123", "noreply2", "no-reply+abc", "shop-noreply",
		"noreply.orders", "donotreply", "do-not-reply", "do.not.reply", "dont-reply",
		"don't.reply", "auto-reply", "autoreply", "auto.responder", "autoresponse",
		"auto-confirm", "no-response", "ne-pas-repondre", "list-return-12-ann=b.example",
		"mailman", "nobody", "daemon", "no-replies", "not-reply", "maildaemon",
		"nao-responda", "no-contestar", "geen-antwoord", "prvs=1234abcd=no-reply",
		"SRS0=abcd=ef=b.example=noreply", "btv1==123==bounces"};
	static const char *const people[] = {"ann", "owner", "requester", "request", "nora.eply",
		"mailerson", "bouncer", "postmasters", "replyto", "ann+noreply", "ann.noy",
		"tax.returns", "autograph", "ann=x", "SRS0=abcd=ef=b.example=ann", "\xc3\xa4nn",
		"prvs=1234abcd=ann", "", "+noreply", "prvs", "SRS0", "ann=noreply", "another.ply"};
	for (size_t i = 0; i < sizeof programs / sizeof programs[0]; i++)
		cr_expect(autoreply_sender_is_role(programs[i]), "%s", programs[i]);
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++)
		cr_expect_not(autoreply_sender_is_role(people[i]), "%s", people[i]);
}

Test(autoreply_sender, knows_addresses_that_lead_to_others)
{
	cr_expect(autoreply_sender_is_routed("ann%c.example"));
	cr_expect(autoreply_sender_is_routed("c.example!ann"));
	cr_expect(autoreply_sender_is_routed("ann@c.example"));
	cr_expect_not(autoreply_sender_is_routed("ann+c.example=x"));
}

Test(autoreply_sender, knows_domains_that_are_not_on_the_internet)
{
	static const struct {
		const char *domain;
		bool nowhere;
		bool special;
	} rows[] = {
		{"[192.0.2.1]", true, false},
		{"[IPv6:::1]", true, false},
		{"192.0.2.1", true, false},
		{"127.1", true, false},
		{"0x7f.1", true, false},
		{"0x7f.0x1", true, false},
		{"a.1", true, false},
		{"1and1.test", false, true},
		{"mailhost", true, false},
		{"localhost", true, false},
		{"LocalHost.localdomain", true, false},
		{"x.localhost", true, false},
		{"x.invalid", true, false},
		{"", true, false},
		{"b.example", false, true},
		{"b.TEST", false, true},
		{"example.com", false, true},
		{"a.example.org", false, true},
		{"printer.local", false, true},
		{"a.home.arpa", false, true},
		{"a.internal", false, true},
		{"notexample.com", false, false},
		{"b.nowhere", false, false},
		{"localhost.nowhere", false, false},
		{"3.com", false, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		cr_expect_eq(autoreply_sender_is_nowhere(rows[i].domain), rows[i].nowhere, "%s",
			rows[i].domain);
		cr_expect(rows[i].nowhere ||
				  autoreply_sender_is_special(rows[i].domain) == rows[i].special,
			"%s", rows[i].domain);
	}
}

Test(autoreply_sender, knows_what_is_below_a_domain)
{
	cr_expect(autoreply_sender_is_in("B.example", "b.Example"));
	cr_expect(autoreply_sender_is_in("a.b.example", "b.example"));
	cr_expect_not(autoreply_sender_is_in("ab.example", "b.example"));
	cr_expect_not(autoreply_sender_is_in("example", "b.example"));
}
