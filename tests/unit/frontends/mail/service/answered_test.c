#include "frontends/mail/service/answered.h"

#include <criterion/criterion.h>

Test(answered, remembers_the_latest)
{
	struct answered *answered = answered_create(2);
	cr_assert_eq(answered_get(answered, "a"), ANSWERED_STATE_NEW);
	answered_set(answered, "a", ANSWERED_STATE_RUNNING);
	answered_set(answered, "b", ANSWERED_STATE_DONE);
	answered_set(answered, "a", ANSWERED_STATE_DONE);
	answered_set(answered, "c", ANSWERED_STATE_FAILED);
	cr_assert_eq(answered_get(answered, "a"), ANSWERED_STATE_DONE);
	cr_assert_eq(answered_get(answered, "b"), ANSWERED_STATE_NEW);
	cr_assert_eq(answered_get(answered, "c"), ANSWERED_STATE_FAILED);
	answered_set(answered, "", ANSWERED_STATE_DONE);
	cr_assert_eq(answered_get(answered, ""), ANSWERED_STATE_NEW);
	answered_destroy(answered);
}
