#include "core/base/file_read.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "tests/support/scratch.h"

static void bind_socket(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	strcpy(address.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	cr_assert_eq(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
	close(fd);
}

Test(file_read, refuses, .init = scratch_enter, .fini = scratch_leave, .timeout = 20)
{
	scratch_write("file", "x", 1);
	mkdir("directory", 0700);
	cr_assert_eq(mkfifo("fifo", 0600), 0);
	bind_socket("socket");
	cr_assert_eq(symlink("loop", "loop"), 0);
	cr_assert_eq(symlink("nowhere", "dangling"), 0);
	cr_assert_eq(symlink("fifo", "to_fifo"), 0);
	static const struct {
		const char *path, *reason;
	} rows[] = {
		{"fifo", "fifo: is a FIFO, not a file"},
		{"to_fifo", "to_fifo: is a FIFO, not a file"},
		{"directory", "directory: is a directory, not a file"},
		{"socket", "socket: is a socket, not a file"},
		{"/dev/zero", "/dev/zero: is a device, not a file"},
		{"nowhere", "nowhere: No such file or directory"},
		{"dangling", "dangling: No such file or directory"},
		{"loop", "loop: Too many levels of symbolic links"},
		{"file/below", "file/below: Not a directory"},
		{"", ": No such file or directory"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		struct error error = {0};
		cr_assert_not(file_read(rows[i].path, &out, &error), "%s", rows[i].path);
		cr_assert_str_eq(error.text, rows[i].reason);
		cr_assert_eq(out.length, 0);
		buffer_finish(&out);
	}
}

Test(file_read, appends, .init = scratch_enter, .fini = scratch_leave)
{
	enum { MOST = 200001 };
	static const size_t sizes[] = {0, 1, 65535, 65536, 65537, MOST};
	char *data = mem_alloc(MOST);
	for (size_t i = 0; i < MOST; i++)
		data[i] = (char)(i * 31 % 251);
	cr_assert_eq(symlink("file", "link"), 0);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct buffer out = {0};
		buffer_add(&out, "kept");
		scratch_write("file", data, sizes[i]);
		cr_assert(file_read("link", &out, NULL));
		cr_assert_eq(out.length, 4 + sizes[i]);
		cr_assert_eq(memcmp(out.data, "kept", 4), 0);
		cr_assert_eq(memcmp(out.data + 4, data, sizes[i]), 0);
		buffer_finish(&out);
	}
	free(data);
}

/* The files in /proc say that their size is 0. */
Test(file_read, reads_past_the_reported_size)
{
	struct buffer out = {0};
	cr_assert(file_read("/proc/self/status", &out, NULL));
	cr_assert(out.length > 100);
	buffer_finish(&out);
}
