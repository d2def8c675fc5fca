#include "frontends/mail/mail_headers.h"

#include <criterion/criterion.h>

Test(mail_headers, unfolds_and_finds_the_first)
{
	struct mail_headers headers = {0};
	mail_headers_add(&headers, "Subject", " a\r\n b \r\n");
	mail_headers_add(&headers, "subject", "second");
	mail_headers_add(&headers, "X-Empty", "");
	cr_assert_eq(headers.count, 3);
	cr_expect_str_eq(mail_headers_find(&headers, "SUBJECT"), "a b");
	cr_expect_str_eq(mail_headers_find(&headers, "x-empty"), "");
	cr_expect_null(mail_headers_find(&headers, "Sub"));
	mail_headers_finish(&headers);
	cr_expect_eq(headers.count, 0);
	cr_expect_null(mail_headers_find(&headers, "Subject"));
}
