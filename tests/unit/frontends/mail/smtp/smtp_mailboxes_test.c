#include "frontends/mail/smtp/smtp_mailboxes.h"

#include <criterion/criterion.h>
#include <string.h>

Test(smtp_mailboxes, finds_one_with_or_without_a_detail)
{
	static const struct {
		const char *address;
		const char *delimiters;
		const char *found; /* NULL: none */
		const char *detail;
	} rows[] = {
		{"quote@q.example", "+", "quote@q.example", ""},
		{"QUOTE@Q.example", "+", "quote@q.example", ""},
		{"quote+today@q.example", "+", "quote@q.example", "today"},
		{"quote+a+b@q.example", "+", "quote@q.example", "a+b"},
		{"quote+@q.example", "+", "quote@q.example", ""},
		{"quote-a@q.example", "+", NULL, NULL},
		{"quote-a@q.example", "+-", "quote@q.example", "a"},
		{"quote+today@q.example", "", NULL, NULL},
		{"the-quote@q.example", "-", "the-quote@q.example", ""},
		{"the-quote-a@q.example", "-", "the-quote@q.example", "a"},
		{"quote@other.example", "+", NULL, NULL},
		{"quotes@q.example", "+", NULL, NULL},
		{"+quote@q.example", "+", NULL, NULL},
	};
	char *texts[] = {(char[]){"quote@q.example"}, (char[]){"the-quote@q.example"}};
	struct strings list = {texts, 2};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct smtp_mailboxes mailboxes;
		struct smtp_address address;
		const char *detail = NULL;
		cr_assert(smtp_mailboxes_read(&list, rows[i].delimiters, &mailboxes));
		cr_assert(smtp_address_parse(rows[i].address, &address));
		const struct smtp_address *found =
			smtp_mailboxes_find(&mailboxes, &address, &detail);
		cr_expect_eq(found == NULL, rows[i].found == NULL, "%s", rows[i].address);
		if (found != NULL && rows[i].found != NULL) {
			cr_expect_str_eq(found->text, rows[i].found);
			cr_expect_str_eq(detail, rows[i].detail);
		}
		smtp_mailboxes_finish(&mailboxes);
	}
}

Test(smtp_mailboxes, know_their_domains)
{
	char *texts[] = {(char[]){"quote@q.example"}, (char[]){"quote@r.example"}};
	struct strings list = {texts, 2};
	struct smtp_mailboxes mailboxes;
	cr_assert(smtp_mailboxes_read(&list, "", &mailboxes));
	cr_expect(smtp_mailboxes_have_domain(&mailboxes, "R.example"));
	cr_expect_not(smtp_mailboxes_have_domain(&mailboxes, "example"));
	smtp_mailboxes_finish(&mailboxes);
	texts[1][0] = '\0';
	cr_expect_not(smtp_mailboxes_read(&list, "", &mailboxes));
}
