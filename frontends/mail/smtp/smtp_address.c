#include "frontends/mail/smtp/smtp_address.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"

enum { LABEL_MAX = 63 };

static bool is_alnum(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       c >= 0x80;
}

static bool is_atext(unsigned char c)
{
	return is_alnum(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

bool smtp_address_is_text(const char *text)
{
	const unsigned char *p = (const unsigned char *)text;
	for (; *p != '\0'; p++) {
		bool later_control = p[0] == 0xc2 && p[1] < 0xa0; /* C1, U+0080 to U+009F */
		if (*p < ' ' || *p == 0x7f || later_control)
			return false;
	}
	return utf8_is_valid(text, strlen(text));
}

/* Each of these returns what follows the element at the beginning of text, or NULL if it is not
 * there. */

static const char *skip_dot_string(const char *text)
{
	for (;;) {
		size_t length = 0;
		while (is_atext((unsigned char)text[length]))
			length++;
		if (!length)
			return NULL;
		text += length;
		if (*text != '.')
			return text;
		text++;
	}
}

static const char *skip_quoted(const char *text)
{
	for (text++; *text != '"'; text++) {
		if (*text == '\\')
			text++;
		unsigned char c = (unsigned char)*text;
		if (c < ' ' || c == 0x7f)
			return NULL;
	}
	return text + 1;
}

static const char *skip_label(const char *text)
{
	size_t length = 0;
	while (is_alnum((unsigned char)text[length]) || (length && text[length] == '-'))
		length++;
	return length && length <= LABEL_MAX && text[length - 1] != '-' ? text + length : NULL;
}

static const char *skip_literal(const char *text)
{
	char inner[INET6_ADDRSTRLEN + 8] = "";
	uint8_t binary[16];
	size_t length = strcspn(++text, "]");
	if (text[length] != ']' || length >= sizeof inner)
		return NULL;
	memcpy(inner, text, length);
	bool v6 = strncasecmp(inner, "IPv6:", 5) == 0;
	bool valid = v6 ? inet_pton(AF_INET6, inner + 5, binary) == 1
			: inet_pton(AF_INET, inner, binary) == 1;
	return valid ? text + length + 1 : NULL;
}

static const char *skip_domain(const char *text)
{
	const char *start = text;
	if (*text == '[')
		return skip_literal(text);
	for (;;) {
		text = skip_label(text);
		if (!text)
			return NULL;
		if (*text != '.')
			return text - start <= SMTP_ADDRESS_DOMAIN_MAX ? text : NULL;
		text++;
	}
}

/* RFC 5321 4.1.1.3: a source route is accepted and ignored. */
static const char *skip_route(const char *text)
{
	while (*text == '@') {
		text = skip_domain(text + 1);
		if (!text || (*text != ',' && *text != ':'))
			return NULL;
		if (*text++ == ':')
			return text;
		if (*text != '@')
			return NULL;
	}
	return text;
}

static bool unquote(const char *text, size_t length, char ret_local[SMTP_ADDRESS_LOCAL_MAX + 1])
{
	bool quoted = text[0] == '"';
	size_t used = 0;
	if (length > SMTP_ADDRESS_LOCAL_MAX)
		return false;
	for (size_t i = quoted; i < length - quoted; i++) {
		if (quoted && text[i] == '\\')
			i++;
		ret_local[used++] = text[i];
	}
	ret_local[used] = '\0';
	return true;
}

/* Reads "local@domain" or only "local"; returns what follows it, or NULL. */
static const char *read_mailbox(const char *text, struct smtp_address *ret_address)
{
	const char *local_end = *text == '"' ? skip_quoted(text) : skip_dot_string(text);
	if (!local_end || !unquote(text, (size_t)(local_end - text), ret_address->local))
		return NULL;
	const char *end = *local_end == '@' ? skip_domain(local_end + 1) : local_end;
	/* The brackets are two octets of the path. */
	if (!end || end - text > SMTP_ADDRESS_PATH_MAX - 2)
		return NULL;
	size_t length = (size_t)(end - text);
	memcpy(ret_address->text, text, length);
	ret_address->text[length] = '\0';
	size_t at = (size_t)(local_end - text);
	ret_address->domain = ret_address->text + (at < length ? at + 1 : length);
	ret_address->utf8 = !utf8_is_ascii(ret_address->text, length);
	return smtp_address_is_text(ret_address->text) ? end : NULL;
}

static bool parse_path(const char *text, struct smtp_address *ret_address, const char **ret_end)
{
	const char *start = text;
	if (*text++ != '<')
		return false;
	if (*text == '>') {
		*ret_address = (struct smtp_address){0};
		ret_address->domain = ret_address->text;
		*ret_end = text + 1;
		return true;
	}
	text = skip_route(text);
	text = text ? read_mailbox(text, ret_address) : NULL;
	if (!text || *text != '>' || text + 1 - start > SMTP_ADDRESS_PATH_MAX)
		return false;
	*ret_end = text + 1;
	return *ret_address->domain || strcasecmp(ret_address->local, "postmaster") == 0;
}

bool smtp_address_parse_path(
	const char *text, struct smtp_address *ret_address, const char **ret_end)
{
	text += strspn(text, " ");
	if (*text == '<')
		return parse_path(text, ret_address, ret_end);
	*ret_end = read_mailbox(text, ret_address);
	if (*ret_end == NULL || (**ret_end != '\0' && **ret_end != ' '))
		return false;
	return *ret_address->domain || strcasecmp(ret_address->local, "postmaster") == 0;
}

bool smtp_address_parse(const char *text, struct smtp_address *ret_address)
{
	const char *end = read_mailbox(text, ret_address);
	return end && !*end && *ret_address->domain;
}

bool smtp_address_is_postmaster(const struct smtp_address *address, const char *domain)
{
	bool here = !*address->domain || strcasecmp(address->domain, domain) == 0;
	return here && strcasecmp(address->local, "postmaster") == 0;
}

bool smtp_address_is_domain(const char *text)
{
	const char *end = skip_domain(text);
	return end && !*end && smtp_address_is_text(text);
}

void smtp_address_copy(struct smtp_address *to, const struct smtp_address *from)
{
	size_t offset = (size_t)(from->domain - from->text);
	*to = *from;
	to->domain = to->text + offset;
}

char *smtp_address_fold(const char *text)
{
	char *folded = mem_strdup(text);
	for (char *p = folded; *p != '\0'; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
	return folded;
}
