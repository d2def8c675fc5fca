#include "config/config_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/file_read.h"
#include "core/base/mem.h"

enum { CHUNK_SIZE = 4096, WRITER_MS = 5000 };

/* Where what is read goes. */
struct gathering {
	struct config_tree *tree;
	struct strings *files;
	struct strings *problems;
};

/* Waits for more from a pipe that has a writer. */
static bool wait_for_more(int fd)
{
	struct pollfd input = {.fd = fd, .events = POLLIN};
	int ready = poll(&input, 1, WRITER_MS);
	if (ready == 0)
		errno = ETIMEDOUT;
	return ready > 0;
}

static bool read_all(int fd, struct buffer *ret_text)
{
	while (ret_text->length <= CONFIG_FILES_SIZE_MAX) {
		long got = file_read_chunk(fd, CHUNK_SIZE, ret_text);
		if (got == 0 || (got < 0 && (errno != EAGAIN || !wait_for_more(fd))))
			return got == 0;
	}
	return true;
}

static void set_unread(const char *path, int reason, struct error *reterr)
{
	bool is_pattern = reason == ENOENT && strpbrk(path, "*?[") != NULL;
	const char *remedy = reason == EISDIR   ? "; name a file in it"
			     : reason == EACCES ? "; let quoted read it"
			     : is_pattern       ? "; patterns are not expanded, so name the "
						  "directory for all *.conf in it"
						: file_remedy(path, reason);
	error_set(reterr, "%s: %s%s", path, strerror(reason), remedy);
}

/* A pipe will do, as of the shell's <(...); one without a writer is empty. */
static bool read_text(const char *path, struct buffer *ret_text, struct error *reterr)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	bool complete = fd >= 0 && read_all(fd, ret_text);
	int reason = errno;
	if (fd >= 0)
		close(fd);
	if (!complete)
		set_unread(path, reason, reterr);
	else if (ret_text->length > CONFIG_FILES_SIZE_MAX)
		error_set(reterr, "%s: larger than %d octets", path, CONFIG_FILES_SIZE_MAX);
	return complete && ret_text->length <= CONFIG_FILES_SIZE_MAX;
}

/* \p from is the setting that includes something; NULL: it is the command line. */
static void report(
	const struct gathering *gathering, const struct config_tree *from, const char *what)
{
	char *problem = from != NULL ? mem_format("%s:%d: " CONFIG_FILES_INCLUDE ": %s", from->file,
					       from->line, what)
				     : mem_strdup(what);
	strings_add(gathering->problems, problem);
	free(problem);
}

static void add_text(
	const struct gathering *gathering, const char *path, const char *text, size_t length)
{
	struct config_tree read;
	struct config_tree *tree = gathering->tree;
	strings_add(gathering->files, path);
	const char *name = gathering->files->items[gathering->files->count - 1];
	config_tree_read(name, text, length, &read, gathering->problems);
	tree->parts = mem_resize(tree->parts, tree->count + read.count + 1, sizeof *tree->parts);
	for (size_t i = 0; i < read.count; i++)
		tree->parts[tree->count++] = read.parts[i];
	read.count = 0;
	config_tree_finish(&read);
}

/* A file can have several paths: "a.conf", "./a.conf", and those through links. */
static bool is_same_file(const char *left, const char *right)
{
	struct stat a, b;
	if (strcmp(left, right) == 0)
		return true;
	return stat(left, &a) == 0 && stat(right, &b) == 0 && S_ISREG(a.st_mode) &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool is_read(const struct gathering *gathering, const char *path)
{
	for (size_t i = 0; i < gathering->files->count; i++)
		if (is_same_file(gathering->files->items[i], path))
			return true;
	return false;
}

static void add_file(
	const struct gathering *gathering, const char *path, const struct config_tree *from)
{
	struct buffer text = {0};
	struct error error;
	if (is_read(gathering, path))
		error_set(&error, "%s: is read already; include it once", path);
	else if (gathering->files->count == CONFIG_FILES_MAX)
		error_set(&error, "%s: more than %d files; does one include itself?", path,
			CONFIG_FILES_MAX);
	else if (read_text(path, &text, &error))
		error.text[0] = '\0';
	if (error.text[0] == '\0')
		add_text(gathering, path, text.data != NULL ? text.data : "", text.length);
	else
		report(gathering, from, error.text);
	buffer_finish(&text);
}

static int is_conf(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');
	return entry->d_name[0] != '.' && dot != NULL && strcmp(dot, ".conf") == 0;
}

/* By octets, so that the order does not depend on the locale. */
static int compare_names(const struct dirent **left, const struct dirent **right)
{
	return strcmp((*left)->d_name, (*right)->d_name);
}

static void add_directory(
	const struct gathering *gathering, const char *path, const struct config_tree *from)
{
	struct dirent **entries = NULL;
	struct error error;
	int count = scandir(path, &entries, is_conf, compare_names);
	if (count < 0) {
		set_unread(path, errno, &error);
		report(gathering, from, error.text);
	}
	for (int i = 0; i < count; i++) {
		char *file = mem_format("%s/%s", path, entries[i]->d_name);
		add_file(gathering, file, from);
		free(file);
		free(entries[i]);
	}
	free(entries);
}

static void include(
	const struct gathering *gathering, const char *value, const struct config_tree *from)
{
	struct stat status;
	const char *slash = strrchr(from->file, '/');
	int length = *value != '/' && slash != NULL ? (int)(slash + 1 - from->file) : 0;
	char *path = mem_format("%.*s%s", length, from->file, value);
	if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
		add_directory(gathering, path, from);
	else
		add_file(gathering, path, from);
	free(path);
}

/* What is included stands behind what there is, so this walk comes to its includes too. */
static void follow_includes(const struct gathering *gathering)
{
	for (size_t i = 0; i < gathering->tree->count; i++) {
		/* The parts move when others are added. */
		struct config_tree part = gathering->tree->parts[i];
		bool is_include = part.kind == CONFIG_TREE_KIND_SETTING &&
				  strcmp(part.text, CONFIG_FILES_INCLUDE) == 0;
		for (size_t j = 0; is_include && j < part.count; j++)
			include(gathering, part.parts[j].text, &part);
	}
}

void config_files_parse(const char *name, const char *text, size_t length,
	struct config_tree *ret_tree, struct strings *ret_files, struct strings *problems)
{
	struct gathering gathering = {ret_tree, ret_files, problems};
	add_text(&gathering, name, text, length);
	follow_includes(&gathering);
}

void config_files_read(const char *path, struct config_tree *ret_tree, struct strings *ret_files,
	struct strings *problems)
{
	struct gathering gathering = {ret_tree, ret_files, problems};
	add_file(&gathering, path, NULL);
	follow_includes(&gathering);
}
