#include "frontends/net/binding.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"

enum { FIRST_PASSED = 3 }; /* SD_LISTEN_FDS_START */

/* A socket of this process. */
struct open_socket {
	struct open_socket *next;
	int fd;
	int type;
	char *owner;
	struct address asked; /* as bound, if it was passed */
	unsigned holders;
	bool passed;
	bool announced;
	dev_t device; /* of the file of a unix socket */
	ino_t inode;
};

static struct open_socket *sockets;

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
	case EACCES:
		return "; choose a port above 1023, or start quoted as root or by its socket units";
	case ENOENT:
		return "; make its directory first";
	default:
		return "";
	}
}

static bool read_address(int fd, struct address *ret_address)
{
	*ret_address = (struct address){.length = sizeof ret_address->storage};
	return getsockname(fd, (struct sockaddr *)&ret_address->storage, &ret_address->length) == 0;
}

/* The address as the system completed it: with the port that it chose. */
static struct address bound_address(int fd, const struct address *asked)
{
	struct address address;
	return asked->storage.ss_family != AF_UNIX && read_address(fd, &address) ? address : *asked;
}

/* Whether a socket of this process keeps the address from being bound. */
static bool is_in_own_way(int type, const struct address *address)
{
	for (const struct open_socket *at = sockets; at != NULL; at = at->next) {
		struct address bound = bound_address(at->fd, &at->asked);
		if (at->type == type && address_overlaps(&bound, address))
			return true;
	}
	return false;
}

static const char *kind_of(int type, const struct address *address)
{
	if (address->storage.ss_family == AF_UNIX)
		return "";
	return type == SOCK_STREAM ? "tcp " : "udp ";
}

static bool is_socket(const struct address *address)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&address->storage;
	struct stat status;
	return lstat(un->sun_path, &status) != 0 || S_ISSOCK(status.st_mode);
}

static void set_error(
	int type, const char *text, const struct address *address, int error, struct error *reterr)
{
	bool is_unix = address->storage.ss_family == AF_UNIX;
	const char *what = remedy(error);
	if (is_unix && error == EACCES)
		what = "; let quoted write to its directory";
	else if (is_unix && error == EADDRINUSE && !is_socket(address))
		what = "; remove the file there, which is not a socket";
	else if (error == EADDRINUSE && is_in_own_way(type, address))
		what = "; quoted has this port at an address that includes it: restart quoted";
	error_set(reterr, "cannot listen on %s%s: %s%s", kind_of(type, address), text,
		strerror(error), what);
	if (reterr != NULL)
		reterr->temporary = error == EADDRNOTAVAIL;
}

static bool is_same_address(const struct address *left, const struct address *right)
{
	return left->length == right->length &&
	       memcmp(&left->storage, &right->storage, left->length) == 0;
}

static bool has_binding(const struct bindings *bindings, int fd)
{
	size_t i = 0;
	while (i < bindings->count && bindings->items[i].fd != fd)
		i++;
	return i < bindings->count;
}

/* One that the request has already is not found: it asks for another one. */
static struct open_socket *find_open(const struct binding_request *request,
	const struct address *address, const struct bindings *bindings)
{
	for (struct open_socket *at = sockets; at != NULL; at = at->next) {
		bool is_fixed = at->asked.storage.ss_family == AF_UNIX || address_port(address) > 0;
		bool is_own = strcmp(at->owner, request->owner) == 0;
		if (at->type == request->type && (is_fixed || is_own) &&
			is_same_address(&at->asked, address) && !has_binding(bindings, at->fd))
			return at;
	}
	return NULL;
}

static void note_file(struct open_socket *added)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&added->asked.storage;
	struct stat status;
	if (un->sun_family != AF_UNIX || lstat(un->sun_path, &status) != 0)
		return;
	added->device = status.st_dev;
	added->inode = status.st_ino;
}

static struct open_socket *add_open(
	int fd, int type, const char *owner, const struct address *asked)
{
	struct open_socket *added = mem_alloc(sizeof *added);
	*added = (struct open_socket){.next = sockets,
		.fd = fd,
		.type = type,
		.owner = mem_strdup(owner),
		.asked = *asked};
	note_file(added);
	sockets = added;
	return added;
}

static void hold(struct open_socket *at, struct bindings *bindings)
{
	bindings->items = mem_resize(bindings->items, bindings->count + 1, sizeof *bindings->items);
	bindings->items[bindings->count++] = (struct binding){
		.fd = at->fd,
		.address = bound_address(at->fd, &at->asked),
	};
	at->holders++;
}

static bool open_one(const struct binding_request *request, const struct address *address,
	struct bindings *bindings)
{
	struct open_socket *at = find_open(request, address, bindings);
	if (at == NULL) {
		int fd = request->bind_one(request->data, address);
		if (fd < 0)
			return false;
		at = add_open(fd, request->type, request->owner, address);
	}
	hold(at, bindings);
	return true;
}

static bool open_text(const struct binding_request *request, const char *text,
	struct bindings *bindings, struct error *reterr)
{
	struct address addresses[2];
	size_t before = bindings->count;
	size_t count;
	if (!address_parse(text, addresses, &count, reterr))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (bindings->count > before)
			follow_port(&addresses[i], &bindings->items[before].address);
		if (open_one(request, &addresses[i], bindings))
			continue;
		bool is_only = count == 1 || (i > 0 && bindings->count == before);
		if (is_only || !is_family_missing(errno)) {
			set_error(request->type, text, &addresses[i], errno, reterr);
			return false;
		}
	}
	return true;
}

static void open_passed(const struct binding_request *request, struct bindings *bindings)
{
	for (struct open_socket *at = sockets; at != NULL; at = at->next)
		if (at->passed && at->type == request->type &&
			strcmp(at->owner, request->owner) == 0)
			hold(at, bindings);
}

bool binding_open(
	const struct binding_request *request, struct bindings *ret_bindings, struct error *reterr)
{
	*ret_bindings = (struct bindings){0};
	open_passed(request, ret_bindings);
	if (ret_bindings->count > 0)
		return true;
	for (size_t i = 0; i < request->addresses->count; i++) {
		if (open_text(request, request->addresses->items[i], ret_bindings, reterr))
			continue;
		binding_close(ret_bindings);
		return false;
	}
	return true;
}

/* The one opened first is the last of the list. */
static void announce(struct open_socket *at)
{
	char text[ADDRESS_TEXT_SIZE];
	if (at == NULL)
		return;
	announce(at->next);
	if (at->announced || at->holders == 0)
		return;
	struct address address = bound_address(at->fd, &at->asked);
	address_format(&address, text);
	log_info(at->owner, "listening on %s%s", kind_of(at->type, &address), text);
	at->announced = true;
}

void binding_announce(void)
{
	announce(sockets);
}

/* While the socket is open, no other file can get the inode of its own. */
static void remove_file(const struct open_socket *at)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&at->asked.storage;
	struct stat status;
	if (un->sun_family == AF_UNIX && lstat(un->sun_path, &status) == 0 &&
		status.st_dev == at->device && status.st_ino == at->inode)
		unlink(un->sun_path);
}

static void close_one(int fd)
{
	struct open_socket **link = &sockets;
	while ((*link)->fd != fd)
		link = &(*link)->next;
	struct open_socket *at = *link;
	if (--at->holders > 0 || at->passed)
		return;
	*link = at->next;
	remove_file(at);
	close(at->fd);
	free(at->owner);
	free(at);
}

void binding_close(struct bindings *bindings)
{
	while (bindings->count > 0)
		close_one(bindings->items[--bindings->count].fd);
	free(bindings->items);
	*bindings = (struct bindings){0};
}

/* A socket that neither listens nor is connected would wake the loop without end. */
static bool accepts(int fd)
{
	int accepting = 0;
	socklen_t length = sizeof accepting;
	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &accepting, &length) == 0 && accepting;
}

static bool inherit_one(int fd, const char *name, struct error *reterr)
{
	int type;
	struct address address;
	socklen_t length = sizeof type;
	if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) != 0 ||
		!read_address(fd, &address)) {
		error_set(reterr, "LISTEN_FDS: descriptor %d is not a bound socket: %s", fd,
			strerror(errno));
		return false;
	}
	if (type == SOCK_STREAM && !accepts(fd)) {
		error_set(reterr,
			"LISTEN_FDS: descriptor %d does not listen; pass it with ListenStream= and "
			"Accept=no",
			fd);
		return false;
	}
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	add_open(fd, type, name, &address)->passed = true;
	return true;
}

/* The variables are of this process alone, and its commands get them no more. */
bool binding_inherit(struct error *reterr)
{
	const char *pid = getenv("LISTEN_PID");
	const char *count = getenv("LISTEN_FDS");
	bool are_ours = pid != NULL && count != NULL && strtol(pid, NULL, 10) == getpid();
	const char *names = getenv("LISTEN_FDNAMES");
	bool inherited = true;
	long last = are_ours ? strtol(count, NULL, 10) : 0;
	for (int i = 0; inherited && i < last; i++) {
		size_t length = names != NULL ? strcspn(names, ":") : 0;
		char *name = mem_strndup(names != NULL ? names : "", length);
		inherited = inherit_one(FIRST_PASSED + i, name, reterr);
		if (names != NULL)
			names += length + (names[length] == ':');
		free(name);
	}
	unsetenv("LISTEN_PID");
	unsetenv("LISTEN_FDS");
	unsetenv("LISTEN_FDNAMES");
	return inherited;
}

void binding_unclaimed(struct strings *ret_names)
{
	for (const struct open_socket *at = sockets; at != NULL; at = at->next)
		if (at->passed && at->holders == 0)
			strings_add(ret_names, at->owner);
}
