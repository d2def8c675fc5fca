#include "frontends/http/http_reply.h"

void http_reply_add(struct http_reply *reply, const char *name, const char *value)
{
	if (reply->field_count < HTTP_REPLY_FIELDS_MAX)
		reply->fields[reply->field_count++] = (struct http_reply_field){name, value};
}
