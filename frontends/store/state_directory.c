#include "frontends/store/state_directory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"

static const char system_directory[] = "/var/lib/quoted";

/* systemd separates several directories by colons. */
static char *from_manager(void)
{
	const char *list = getenv("STATE_DIRECTORY");
	return list != NULL && *list == '/' ? mem_strndup(list, strcspn(list, ":")) : NULL;
}

static char *from_home(void)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	if (state != NULL && *state == '/')
		return mem_format("%s/quoted", state);
	return home != NULL && *home == '/' ? mem_format("%s/.local/state/quoted", home) : NULL;
}

static char *choose(const char *setting)
{
	if (*setting != '\0')
		return mem_strdup(setting);
	char *directory = from_manager();
	if (directory == NULL && access(system_directory, W_OK | X_OK) == 0)
		directory = mem_strdup(system_directory);
	if (directory == NULL)
		directory = from_home();
	return directory != NULL ? directory : mem_strdup(system_directory);
}

/* Makes what is missing of the path. */
static void make(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0755);
		*slash = '/';
	}
	mkdir(path, 0750);
}

char *state_directory_find(const char *setting, bool create, struct error *reterr)
{
	char *path = choose(setting);
	if (create)
		make(path);
	if (access(path, W_OK | X_OK) == 0)
		return path;
	error_set(reterr, "%s: %s; let quoted write there, or set state_directory", path,
		strerror(errno));
	free(path);
	return NULL;
}
