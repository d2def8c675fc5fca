#include "frontends/kit/binding.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

static bool is_family_missing(int error)
{
	return error == EAFNOSUPPORT || error == EADDRNOTAVAIL;
}

/* "localhost:0" means one port for both families. */
static void follow_port(struct address *second, const struct address *first)
{
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&second->storage;
	if (in6->sin6_port == 0)
		in6->sin6_port = htons(address_port(first));
}

static const char *remedy(int error)
{
	switch (error) {
	case EADDRINUSE:
		return "; stop the program that listens there, or choose another address";
	case ENOENT:
		return "; make its directory first";
	default:
		return "";
	}
}

static void set_error(const char *what, const char *text, int error, struct error *reterr)
{
	bool is_unix = strncmp(text, "unix:", 5) == 0;
	error_set(reterr, "cannot listen on %s%s%s: %s%s", is_unix ? "" : what, is_unix ? "" : " ",
		text, strerror(error), remedy(error));
	if (reterr != NULL)
		reterr->temporary = error == EADDRNOTAVAIL;
}

/* The address as the system completed it: with the port that it chose. */
static struct address bound_address(int fd, const struct address *asked)
{
	struct address address = {.length = sizeof address.storage};
	if (asked->storage.ss_family == AF_UNIX ||
		getsockname(fd, (struct sockaddr *)&address.storage, &address.length) != 0)
		return *asked;
	return address;
}

bool binding_open(const char *text, const char *what,
	int (*bind_one)(void *data, const struct address *address), void *data,
	struct binding ret_bindings[2], size_t *ret_count, struct error *reterr)
{
	struct address addresses[2];
	size_t count;
	*ret_count = 0;
	if (!address_parse(text, addresses, &count, reterr))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (*ret_count > 0)
			follow_port(&addresses[i], &ret_bindings[0].address);
		int fd = bind_one(data, &addresses[i]);
		if (fd >= 0) {
			ret_bindings[(*ret_count)++] =
				(struct binding){fd, bound_address(fd, &addresses[i])};
		} else if (count == 1 || !is_family_missing(errno) || (i > 0 && *ret_count == 0)) {
			set_error(what, text, errno, reterr);
			if (*ret_count > 0)
				close(ret_bindings[0].fd);
			return false;
		}
	}
	return true;
}
