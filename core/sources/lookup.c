#include "core/sources/lookup.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"

enum { LINKS_MAX = 40 };

/* A path being followed: how far it has come, and what is left of it. */
struct way {
	char *directory; /* "" is the root */
	char *rest;
	int links;
};

static void replace(char **text, char *by)
{
	free(*text);
	*text = by;
}

/* Takes the first part of the rest, the caller's to free, or NULL if nothing is left. */
static char *take_part(struct way *way)
{
	const char *start = way->rest + strspn(way->rest, "/");
	size_t length = strcspn(start, "/");
	char *part = length > 0 ? mem_strndup(start, length) : NULL;
	replace(&way->rest, mem_strdup(start + length));
	return part;
}

/* Returns false if the link cannot be read or there were too many. */
static bool follow(struct way *way, const char *link)
{
	char target[PATH_MAX];
	ssize_t length = readlink(link, target, sizeof target - 1);
	if (length < 0 || ++way->links > LINKS_MAX)
		return false;
	target[length] = '\0';
	if (target[0] == '/')
		replace(&way->directory, mem_strdup(""));
	replace(&way->rest, mem_format("%s/%s", target, way->rest));
	return true;
}

/* Advances by one name. Returns false if it does not exist. */
static bool step(struct way *way, const char *part, struct strings *ret_names)
{
	struct stat status;
	char *name = mem_format("%s/%s", way->directory, part);
	if (strcmp(part, ".") != 0 && strcmp(part, "..") != 0)
		strings_add(ret_names, name);
	bool found = lstat(name, &status) == 0;
	if (found && S_ISLNK(status.st_mode))
		found = follow(way, name);
	else if (strcmp(part, ".") != 0)
		replace(&way->directory, mem_strdup(name));
	free(name);
	return found;
}

void lookup_names(const char *path, struct strings *ret_names)
{
	char *part;
	bool found = true;
	struct way way = {
		.directory = mem_strdup(path[0] == '/' ? "" : "."), .rest = mem_strdup(path)};
	while (found && (part = take_part(&way)) != NULL) {
		found = step(&way, part, ret_names);
		free(part);
	}
	free(way.directory);
	free(way.rest);
}
