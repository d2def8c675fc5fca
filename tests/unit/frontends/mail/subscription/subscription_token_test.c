#include "frontends/mail/subscription/subscription_token.h"

#include <ctype.h>
#include <string.h>

#include <criterion/criterion.h>

static const unsigned char secret[SUBSCRIPTION_TOKEN_SECRET] = "thirty-two octets of a secret..";
static const unsigned char other[SUBSCRIPTION_TOKEN_SECRET] = "thirty-two octets of another....";

static const struct subscription_token_facts facts = {
	SUBSCRIPTION_TOKEN_CONFIRM, 12, "mail.a", "ann@b.example", "pears", 450, 1000};

static struct subscription_token token_of(const struct subscription_token_facts *of)
{
	char text[SUBSCRIPTION_TOKEN_SIZE];
	struct subscription_token token;
	subscription_token_write(secret, of, text);
	cr_assert(subscription_token_read(text, &token), "%s", text);
	return token;
}

Test(subscription_token, is_what_was_signed)
{
	struct subscription_token token = token_of(&facts);
	cr_expect_eq(token.id, 12);
	cr_expect(subscription_token_is(secret, &facts, &token, 999));
	cr_expect_not(subscription_token_is(secret, &facts, &token, 1000), "it has expired");
	cr_expect_not(subscription_token_is(other, &facts, &token, 999), "another secret");
	struct subscription_token_facts lasting = facts;
	lasting.expires = 0;
	token = token_of(&lasting);
	cr_expect(subscription_token_is(secret, &lasting, &token, INT64_MAX));
}

Test(subscription_token, is_of_nothing_else)
{
	struct subscription_token_facts rows[] = {facts, facts, facts, facts, facts, facts, facts};
	struct subscription_token token = token_of(&facts);
	rows[0].kind = SUBSCRIPTION_TOKEN_END;
	rows[1].id = 13;
	rows[2].section = "mail.b";
	rows[3].address = "bob@b.example";
	rows[4].collection = "apples";
	rows[5].minute = 451;
	rows[6].expires = 1001;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		cr_expect_not(subscription_token_is(secret, &rows[i], &token, 1), "row %zu", i);
		struct subscription_token forged = token_of(&rows[i]);
		forged.kind = facts.kind;
		forged.id = facts.id;
		cr_expect_not(subscription_token_is(secret, &facts, &forged, 1), "forged %zu", i);
	}
}

Test(subscription_token, survives_a_change_of_case)
{
	char text[SUBSCRIPTION_TOKEN_SIZE];
	struct subscription_token token;
	subscription_token_write(secret, &facts, text);
	for (char *p = text; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	cr_assert(subscription_token_read(text, &token));
	cr_expect(subscription_token_is(secret, &facts, &token, 1));
}

Test(subscription_token, has_one_form)
{
#define MAC "abcdefghijklmnopqrstuvwxyz"
	static const char *const wrong[] = {"", "c", "c12", "c12-", "c-" MAC, "x12-" MAC, "12-" MAC,
		"c012-" MAC, "c0-" MAC, "c-1-" MAC, "c12" MAC, "c12-" MAC "a",
		"c12-abcdefghijklmnopqrstuvwxy", "c12-abcdefghijklmnopqrstuvwxy1", "c12- " MAC,
		"c1234567890123456789-" MAC, "c12-abcdefghijklmnopqrstuvwxy\xc3"};
	struct subscription_token token;
	cr_assert(subscription_token_read("u7-" MAC, &token));
	cr_expect_eq(token.kind, SUBSCRIPTION_TOKEN_END);
	cr_expect_eq(
		subscription_token_kind("b123456789012345678-" MAC), SUBSCRIPTION_TOKEN_BOUNCE);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		cr_expect_eq(
			subscription_token_kind(wrong[i]), SUBSCRIPTION_TOKEN_NONE, "%s", wrong[i]);
}
