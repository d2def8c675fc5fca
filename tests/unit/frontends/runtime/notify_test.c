#include "frontends/runtime/notify.h"

#include <criterion/criterion.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/support/scratch.h"

/* Listens as the manager does; '@' stands for an abstract address. */
static int listen_at(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	strcpy(address.sun_path, path);
	if (path[0] == '@')
		address.sun_path[0] = '\0';
	socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
	cr_assert_eq(bind(fd, (struct sockaddr *)&address, length), 0);
	cr_assert_eq(setenv("NOTIFY_SOCKET", path, 1), 0);
	return fd;
}

static const char *hear(int fd)
{
	static char text[2048];
	ssize_t length = recv(fd, text, sizeof text - 1, 0);
	text[length > 0 ? length : 0] = '\0';
	return text;
}

Test(notify, tells_the_manager_where_it_listens, .init = scratch_enter, .fini = scratch_leave)
{
	char file[256];
	char abstract[64];
	char *directory = getcwd(NULL, 0);
	snprintf(file, sizeof file, "%s/notify", directory);
	snprintf(abstract, sizeof abstract, "@quoted-notify-%d", getpid());
	free(directory);
	const char *const paths[] = {file, abstract};
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		int fd = listen_at(paths[i]);
		notify_send("READY=1\nSTATUS=%d quotes", 7);
		cr_expect_str_eq(hear(fd), "READY=1\nSTATUS=7 quotes", "%s", paths[i]);
		notify_reloading();
		unsigned long long usec = 0;
		cr_expect_eq(sscanf(hear(fd), "RELOADING=1\nMONOTONIC_USEC=%llu", &usec), 1);
		cr_expect_gt(usec, 0);
		close(fd);
		notify_send("nobody listens");
	}
}

Test(notify, is_silent_without_a_manager, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const paths[] = {"", "/", "relative"};
	char path[200];
	int fd = listen_at("relative");
	memset(path, 'x', sizeof path);
	path[0] = '/';
	path[sizeof path - 1] = '\0';
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		setenv("NOTIFY_SOCKET", paths[i], 1);
		notify_send("READY=1");
	}
	setenv("NOTIFY_SOCKET", path, 1);
	notify_send("READY=1");
	unsetenv("NOTIFY_SOCKET");
	notify_send("READY=1");
	cr_expect_str_eq(hear(fd), "");
	close(fd);
}

Test(notify, never_waits_for_the_manager, .timeout = 20, .init = scratch_enter,
	.fini = scratch_leave)
{
	char *directory = getcwd(NULL, 0);
	char path[256];
	snprintf(path, sizeof path, "%s/notify", directory);
	free(directory);
	int fd = listen_at(path);
	for (int i = 0; i < 10000; i++)
		notify_send("WATCHDOG=1");
	cr_expect_str_eq(hear(fd), "WATCHDOG=1");
	close(fd);
}

Test(notify, knows_its_watchdog)
{
	char own[32];
	snprintf(own, sizeof own, "%d", getpid());
	const struct {
		const char *limit, *pid; /* NULL: not set */
		double seconds;
	} rows[] = {{NULL, NULL, 0}, {"2500000", NULL, 2.5}, {"2500000", own, 2.5},
		{"2500000", "1", 0}, {NULL, own, 0}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		unsetenv("WATCHDOG_USEC");
		unsetenv("WATCHDOG_PID");
		if (rows[i].limit != NULL)
			setenv("WATCHDOG_USEC", rows[i].limit, 1);
		if (rows[i].pid != NULL)
			setenv("WATCHDOG_PID", rows[i].pid, 1);
		cr_expect_float_eq(notify_watchdog(), rows[i].seconds, 1e-9, "row %zu", i);
	}
}
