#include "frontends/net/binding.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "core/base/mem.h"
#include "tests/support/scratch.h"

static int bind_one(void *data, const struct address *address)
{
	int *calls = data;
	(*calls)++;
	int fd = socket(address->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && bind(fd, (const struct sockaddr *)&address->storage, address->length) == 0 &&
		listen(fd, 1) == 0)
		return fd;
	int error = errno;
	close(fd);
	errno = error;
	return -1;
}

static struct bindings open_one(const char *owner, const char *text, int *calls)
{
	struct strings addresses = {0};
	struct bindings bindings;
	struct error error = {0};
	strings_add(&addresses, text);
	struct binding_request request = {owner, SOCK_STREAM, &addresses, bind_one, calls};
	cr_assert(binding_open(&request, &bindings, &error), "%s", error.text);
	cr_assert_eq(bindings.count, 1);
	strings_finish(&addresses);
	return bindings;
}

Test(binding, shares_a_socket_until_the_last_has_closed_it)
{
	int calls = 0;
	struct bindings first = open_one("qotd.a", "127.0.0.1:0", &calls);
	struct bindings again = open_one("qotd.a", "127.0.0.1:0", &calls);
	struct bindings other = open_one("qotd.b", "127.0.0.1:0", &calls);
	cr_expect_eq(calls, 2, "port 0 is shared by its owner alone");
	int fd = again.items[0].fd;
	cr_expect_eq(first.items[0].fd, fd);
	cr_expect_neq(first.items[0].fd, other.items[0].fd);
	binding_close(&first);
	int listening;
	socklen_t length = sizeof listening;
	cr_expect_eq(getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length), 0);
	binding_close(&again);
	cr_expect_eq(getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &length), -1);
	binding_close(&other);
}

Test(binding, shares_a_fixed_address_with_everyone, .init = scratch_enter, .fini = scratch_leave)
{
	int calls = 0;
	char directory[100];
	cr_assert_not_null(getcwd(directory, sizeof directory));
	char *text = mem_format("unix:%s/s", directory);
	struct bindings first = open_one("mail.a", text, &calls);
	struct bindings second = open_one("mail.b", text, &calls);
	cr_expect_eq(calls, 1);
	binding_close(&first);
	cr_expect_eq(access("s", F_OK), 0);
	binding_close(&second);
	cr_expect_eq(access("s", F_OK), -1, "the file goes with the socket");
	free(text);
}

Test(binding, leaves_the_file_of_another_process, .init = scratch_enter, .fini = scratch_leave)
{
	int calls = 0;
	char directory[100];
	cr_assert_not_null(getcwd(directory, sizeof directory));
	char *text = mem_format("unix:%s/s", directory);
	struct bindings ours = open_one("mail.a", text, &calls);
	cr_assert_eq(unlink("s"), 0);
	int theirs = bind_one(&calls, &ours.items[0].address);
	cr_assert_geq(theirs, 0);
	binding_close(&ours);
	cr_expect_eq(access("s", F_OK), 0);
	close(theirs);
	unlink("s");
	free(text);
}

Test(binding, announces_each_socket_once, .init = cr_redirect_stderr)
{
	int calls = 0;
	struct bindings first = open_one("qotd.a", "127.0.0.1:0", &calls);
	struct bindings second = open_one("web.b", "127.0.0.1:0", &calls);
	struct bindings shared = open_one("qotd.a", "127.0.0.1:0", &calls);
	struct bindings unused = open_one("qotd.c", "127.0.0.1:0", &calls);
	binding_close(&unused);
	binding_announce();
	binding_announce();
	char *expected = mem_format("qotd.a: listening on tcp 127.0.0.1:%u\n"
				    "web.b: listening on tcp 127.0.0.1:%u\n",
		address_port(&first.items[0].address), address_port(&second.items[0].address));
	fflush(stderr);
	cr_expect_stderr_eq_str(expected);
	free(expected);
	binding_close(&first);
	binding_close(&second);
	binding_close(&shared);
}

static struct error refuse_one(const char *host, unsigned port)
{
	struct strings addresses = {0};
	struct bindings bindings;
	struct error error = {0};
	int calls = 0;
	char *text = mem_format("%s:%u", host, port);
	strings_add(&addresses, text);
	struct binding_request request = {"x", SOCK_STREAM, &addresses, bind_one, &calls};
	cr_assert_not(binding_open(&request, &bindings, &error));
	strings_finish(&addresses);
	free(text);
	return error;
}

Test(binding, tells_its_own_sockets_from_those_of_others)
{
	static const char own[] = "quoted has this port at an address that includes it";
	static const char foreign[] = "stop the program that listens there";
	int calls = 0;
	struct bindings ours = open_one("qotd.a", "127.0.0.1:0", &calls);
	unsigned port = address_port(&ours.items[0].address);
	struct address theirs[2];
	size_t count;
	char *text = mem_format("127.0.0.2:%u", port);
	cr_assert(address_parse(text, theirs, &count, NULL));
	int fd = bind_one(&calls, &theirs[0]);
	cr_assert_geq(fd, 0, "%s", text);
	struct error error = refuse_one("0.0.0.0", port);
	cr_expect_not_null(strstr(error.text, own), "%s", error.text);
	error = refuse_one("127.0.0.2", port);
	cr_expect_not_null(strstr(error.text, foreign), "%s", error.text);
	close(fd);
	free(text);
	binding_close(&ours);
}

Test(binding, binds_nothing_if_one_address_fails)
{
	struct strings addresses = {0};
	struct bindings bindings;
	struct error error = {0};
	int calls = 0;
	strings_add(&addresses, "127.0.0.1:0");
	strings_add(&addresses, "unix:/nowhere/s");
	struct binding_request request = {"x", SOCK_STREAM, &addresses, bind_one, &calls};
	cr_assert_not(binding_open(&request, &bindings, &error));
	cr_expect_str_eq(error.text, "cannot listen on unix:/nowhere/s: No such file or "
				     "directory; make its directory first");
	cr_expect_not(error.temporary);
	cr_expect_eq(bindings.count, 0);
	strings_finish(&addresses);
}
