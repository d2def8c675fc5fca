#include "frontends/kit/secret.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file_read.h"
#include "core/base/mem.h"

static char *path_of(const char *name, struct error *reterr)
{
	const char *directory = getenv("CREDENTIALS_DIRECTORY");
	if (strchr(name, '/') != NULL)
		return mem_strdup(name);
	if (directory != NULL)
		return mem_format("%s/%s", directory, name);
	error_set(reterr,
		"'%s' is not a path, and $CREDENTIALS_DIRECTORY is not set; write a path, or pass "
		"the secret with LoadCredential=%s:PATH in quoted.service",
		name, name);
	return NULL;
}

static bool is_private(int fd, const char *path, struct error *reterr)
{
	struct stat status;
	if (fstat(fd, &status) != 0) {
		error_set(reterr, "%s: %s", path, strerror(errno));
		return false;
	}
	if ((status.st_mode & S_IRWXO) == 0)
		return true;
	error_set(reterr, "%s: others can read it; run chmod o= %s", path, path);
	return false;
}

/* Takes the end of the line off. */
static bool is_line(const char *path, struct buffer *text, struct error *reterr)
{
	while (text->length > 0 && strchr("\r\n", text->data[text->length - 1]) != NULL)
		text->data[--text->length] = '\0';
	if (text->length > 0 && text->length <= SECRET_MAX && strlen(text->data) == text->length &&
		strpbrk(text->data, "\r\n") == NULL)
		return true;
	error_set(reterr, "%s: it must be a single line of 1 to %d octets", path, SECRET_MAX);
	return false;
}

static bool read_all(int fd, const char *path, struct buffer *text, struct error *reterr)
{
	long got;
	while ((got = file_read_chunk(fd, SECRET_MAX, text)) > 0 && text->length <= SECRET_MAX)
		continue;
	if (got < 0)
		error_set(reterr, "%s: %s", path, strerror(errno));
	return got >= 0;
}

char *secret_read(const char *name, struct error *reterr)
{
	struct buffer text = {0};
	char *path = path_of(name, reterr);
	int fd = path != NULL ? file_open(path, reterr) : -1;
	bool good = fd >= 0 && is_private(fd, path, reterr) && read_all(fd, path, &text, reterr) &&
		    is_line(path, &text, reterr);
	if (fd >= 0)
		close(fd);
	free(path);
	if (good)
		return text.data;
	buffer_finish(&text);
	return NULL;
}

char *secret_find(const char *name, struct error *reterr)
{
	char *path = path_of(name, reterr);
	int fd = path != NULL ? file_open(path, reterr) : -1;
	bool good = fd >= 0 && is_private(fd, path, reterr);
	if (fd >= 0)
		close(fd);
	if (good)
		return path;
	free(path);
	return NULL;
}
