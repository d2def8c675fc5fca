#include "frontends/http/request_path.h"

#include <string.h>

#include "core/base/buffer.h"
#include "core/base/utf8.h"

static int value_of(char digit)
{
	static const char digits[] = "0123456789abcdef";
	char lower = digit >= 'A' && digit <= 'F' ? (char)(digit + ('a' - 'A')) : digit;
	const char *found = lower != '\0' ? strchr(digits, lower) : NULL;
	return found != NULL ? (int)(found - digits) : -1;
}

int request_path_unescape(const char *text, size_t length)
{
	if (length < 3 || text[0] != '%' || value_of(text[1]) < 0 || value_of(text[2]) < 0)
		return -1;
	return value_of(text[1]) * 16 + value_of(text[2]);
}

static bool is_unreserved(int octet)
{
	return (octet >= '0' && octet <= '9') || (octet >= 'a' && octet <= 'z') ||
	       (octet >= 'A' && octet <= 'Z') || octet == '-' || octet == '.' || octet == '_' ||
	       octet == '~';
}

static size_t without_slashes(const char *path, size_t length)
{
	while (length > 1 && path[length - 1] == '/')
		length--;
	return length;
}

bool request_path_decode(
	const char *path, size_t length, char ret_path[REQUEST_PATH_SIZE], bool *ret_improper)
{
	size_t kept = without_slashes(path, length);
	size_t used = 0;
	*ret_improper = kept < length;
	for (size_t i = 0; i < kept; i++) {
		int octet = (unsigned char)path[i];
		if (octet == '%') {
			octet = request_path_unescape(path + i, kept - i);
			*ret_improper = *ret_improper || is_unreserved(octet);
			i += 2;
		}
		if (octet < ' ' || octet == 0x7f || used + 1 >= REQUEST_PATH_SIZE)
			return false;
		ret_path[used++] = (char)octet;
	}
	ret_path[used] = '\0';
	return utf8_is_valid(ret_path, used);
}

const char *request_path_start(const char *path)
{
	while (path[0] == '/' && path[1] == '/')
		path++;
	return path;
}

static const char *find_path(const char *target)
{
	const char *authority = target[0] != '/' ? strstr(target, "://") : NULL;
	const char *path =
		authority != NULL ? authority + 3 + strcspn(authority + 3, "/?") : target;
	return path[0] == '/' ? request_path_start(path) : "/";
}

size_t request_path_depth(const char *target)
{
	const char *path = find_path(target);
	size_t depth = 0;
	for (size_t i = 1; path[i] != '\0' && path[i] != '?'; i++)
		depth += path[i] == '/';
	return depth;
}

/* A field of the header takes no letters other than ASCII. */
static void add_escaped(char octet, struct buffer *out)
{
	if ((unsigned char)octet < 0x80)
		buffer_append(out, &octet, 1);
	else
		buffer_format(out, "%%%02X", (unsigned)(unsigned char)octet);
}

char *request_path_location(const char *target)
{
	const char *path = find_path(target);
	size_t length = strcspn(path, "?");
	size_t kept = without_slashes(path, length);
	struct buffer out = {0};
	for (size_t i = 1; i < length; i++) {
		if (path[i] == '/')
			buffer_add(&out, "../");
	}
	if (out.length == 0)
		buffer_add(&out, "./");
	for (size_t i = 1; i < kept; i++) {
		int octet = path[i] == '%' ? request_path_unescape(path + i, kept - i) : 0;
		add_escaped(is_unreserved(octet) ? (char)octet : path[i], &out);
		i += is_unreserved(octet) ? 2 : 0;
	}
	for (size_t i = length; path[i] != '\0'; i++)
		add_escaped(path[i], &out);
	return out.data;
}
