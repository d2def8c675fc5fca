#include "core/base/file_read.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK_SIZE = 65536 };

static const char *kind_of(mode_t mode)
{
	if (S_ISDIR(mode))
		return "a directory";
	if (S_ISFIFO(mode))
		return "a FIFO";
	if (S_ISSOCK(mode))
		return "a socket";
	return "a device";
}

/* Checked before opening, which can already make a device act, and again after. */
static bool is_regular(const char *path, const struct stat *status, struct error *reterr)
{
	if (S_ISREG(status->st_mode))
		return true;
	error_set(reterr, "%s: is %s, not a file", path, kind_of(status->st_mode));
	return false;
}

const char *file_remedy(const char *path, int reason)
{
	if (reason != ENOENT)
		return "";
	if (*path == '~' || strchr(path, '$') != NULL)
		return "; ~ and $ are not expanded, so write the whole path";
	if (strpbrk(path, "*?[") != NULL)
		return "; patterns are not expanded, so name the directory";
	return "";
}

int file_open(const char *path, struct error *reterr)
{
	struct stat status;
	if (stat(path, &status) < 0) {
		error_set(reterr, "%s: %s%s", path, strerror(errno), file_remedy(path, errno));
		return -1;
	}
	if (!is_regular(path, &status, reterr))
		return -1;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &status) < 0)
		error_set(reterr, "%s: %s%s", path, strerror(errno), file_remedy(path, errno));
	else if (is_regular(path, &status, reterr))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

long file_read_chunk(int fd, size_t most, struct buffer *out)
{
	buffer_reserve(out, most);
	ssize_t got;
	do
		got = read(fd, out->data + out->length, most);
	while (got < 0 && errno == EINTR);
	out->length += got > 0 ? (size_t)got : 0;
	out->data[out->length] = '\0';
	return got;
}

bool file_read(const char *path, struct buffer *out, struct error *reterr)
{
	int fd = file_open(path, reterr);
	if (fd < 0)
		return false;
	long got = file_read_chunk(fd, CHUNK_SIZE, out);
	while (got > 0)
		got = file_read_chunk(fd, CHUNK_SIZE, out);
	if (got < 0)
		error_set(reterr, "%s: %s", path, strerror(errno));
	close(fd);
	return got == 0;
}
