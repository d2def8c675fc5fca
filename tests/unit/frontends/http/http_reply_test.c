#include "frontends/http/http_reply.h"

#include <criterion/criterion.h>

Test(http_reply, has_room_for_so_many_fields)
{
	struct http_reply reply = {0};
	http_reply_add(&reply, "Allow", "GET");
	cr_expect_eq(reply.field_count, 1);
	cr_expect_str_eq(reply.fields[0].name, "Allow");
	cr_expect_str_eq(reply.fields[0].value, "GET");
	for (int i = 0; i < HTTP_REPLY_FIELDS_MAX; i++)
		http_reply_add(&reply, "Vary", "Accept");
	cr_expect_eq(reply.field_count, HTTP_REPLY_FIELDS_MAX);
}
