#include "frontends/http/http_header.h"

#include <string.h>
#include <strings.h>

static const char **find_member(struct http_header *header, const char *name, size_t length)
{
	const struct {
		const char *name;
		size_t length;
		const char **member;
	} members[] = {
		{"accept", 6, &header->request->accept},
		{"accept-encoding", 15, &header->request->accept_encoding},
		{"if-none-match", 13, &header->request->if_none_match},
		{"user-agent", 10, &header->request->user_agent},
		{"forwarded", 9, &header->forwarded.forwarded},
		{"x-forwarded-for", 15, &header->forwarded.for_},
		{"x-forwarded-host", 16, &header->forwarded.host},
		{"x-forwarded-prefix", 18, &header->forwarded.prefix},
		{"x-forwarded-proto", 17, &header->forwarded.proto},
	};
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		if (members[i].length == length && strcasecmp(members[i].name, name) == 0)
			return members[i].member;
	}
	return NULL;
}

/* Some proxies add a field of their own to that of the proxy before them: both are one list (RFC
 * 9110 section 5.3). Of the other fields the last counts. */
static const char *join(struct http_header *header, const char **member, const char *value)
{
	const struct forwarded_fields *forwarded = &header->forwarded;
	bool is_list = member == &forwarded->for_ || member == &forwarded->forwarded;
	struct buffer *list = &header->lists[member == &forwarded->forwarded];
	if (!is_list || *member == NULL)
		return value;
	if (list->length == 0)
		buffer_add(list, *member);
	buffer_format(list, ", %s", value);
	return list->data;
}

void http_header_add(struct http_header *header, const char *name, size_t name_length,
	const char *value, size_t value_length)
{
	const char **member = find_member(header, name, name_length);
	header->count++;
	request_check_field(&header->check, name, name_length, value, value_length);
	if (header->end != NULL)
		request_check_gap(&header->check, header->end, name, 2);
	request_check_gap(&header->check, name + name_length, value, 1);
	header->end = value + value_length;
	if (member != NULL)
		*member = join(header, member, value);
}

enum request_fault http_header_end(struct http_header *header, const char *end)
{
	if (header->end != NULL)
		request_check_gap(&header->check, header->end, end, 4);
	return request_check_end(&header->check, strcmp(header->request->version, "HTTP/1.1") == 0,
		header->max_content);
}

void http_header_finish(struct http_header *header)
{
	for (size_t i = 0; i < sizeof header->lists / sizeof *header->lists; i++)
		buffer_finish(&header->lists[i]);
}
