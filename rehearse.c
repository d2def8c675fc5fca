#include "rehearse.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "config/collection_settings.h"
#include "core/base/mem.h"
#include "core/sources/command.h"
#include "frontends/kit/address.h"

/* An address of a setting. */
struct place {
	const struct config_section *section;
	const struct setting *row;
	const char *text;
	struct address address;
};

struct places {
	struct place *items;
	size_t count;
};

static void add_places(struct places *places, const struct config_section *section,
	const struct setting *row, const char *text)
{
	struct address addresses[2];
	size_t count;
	if (!address_parse(text, addresses, &count, NULL))
		return;
	for (size_t i = 0; i < count; i++) {
		places->items = mem_resize(places->items, places->count + 1, sizeof *places->items);
		places->items[places->count++] = (struct place){section, row, text, addresses[i]};
	}
}

static void add_section(struct places *places, const struct config_section *section)
{
	for (const struct setting *row = section->schema->settings; row->name != NULL; row++) {
		if (row->listens == NULL)
			continue;
		const struct strings *list =
			(const void *)((const char *)section->options + row->offset);
		for (size_t i = 0; i < list->count; i++)
			add_places(places, section, row, list->items[i]);
	}
}

static struct places find_places(const struct setup *setup)
{
	struct places places = {0};
	for (size_t i = 0; i < setup->config.section_count; i++)
		add_section(&places, &setup->config.sections[i]);
	return places;
}

static bool collide(const struct place *left, const struct place *right)
{
	return strcmp(left->row->listens, right->row->listens) == 0 &&
	       address_overlaps(&left->address, &right->address);
}

static void add_problem(
	struct setup *setup, const struct place *place, const char *what, const char *remedy)
{
	char *problem = mem_format("%s: %s %s; %s", place->row->name, place->text, what, remedy);
	setup_refuse(setup, place->section, problem);
	free(problem);
}

static void check_place(struct setup *setup, const struct places *places, size_t index)
{
	const struct place *place = &places->items[index];
	for (size_t i = 0; i < index; i++) {
		const struct place *other = &places->items[i];
		/* Both families of one text are in the list. */
		if (!collide(other, place) || other->text == place->text)
			continue;
		char *what = mem_format("is also listened on by %s", other->section->name);
		add_problem(setup, place, what, "choose another address");
		free(what);
		return;
	}
}

void rehearse_addresses(struct setup *setup)
{
	struct places places = find_places(setup);
	for (size_t i = 0; i < places.count; i++) {
		bool is_second = i > 0 && places.items[i].text == places.items[i - 1].text;
		if (!is_second)
			check_place(setup, &places, i);
	}
	free(places.items);
}

/* Returns 0 or why it cannot be bound. */
static int try_bind(const struct place *place)
{
	int type = strcmp(place->row->listens, "tcp") == 0 ? SOCK_STREAM : SOCK_DGRAM;
	const struct address *address = &place->address;
	int on = 1;
	int fd = socket(address->storage.ss_family, type | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return errno;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (address->storage.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
	int failed = bind(fd, (const struct sockaddr *)&address->storage, address->length) != 0
			     ? errno
			     : 0;
	close(fd);
	return failed;
}

/* Returns 0 or why the socket cannot be made. */
static int try_path(const struct place *place)
{
	const struct sockaddr_un *un = (const struct sockaddr_un *)&place->address.storage;
	struct stat status;
	if (lstat(un->sun_path, &status) == 0 && !S_ISSOCK(status.st_mode))
		return EEXIST;
	char *directory = mem_strdup(un->sun_path);
	*strrchr(directory, '/') = '\0';
	int failed = access(*directory != '\0' ? directory : "/", W_OK | X_OK) != 0 ? errno : 0;
	free(directory);
	return failed;
}

static const char *remedy(int error, bool is_unix)
{
	switch (error) {
	case EACCES:
		return is_unix ? "let quoted write to its directory"
			       : "choose a port above 1023, or start quoted as root or by its "
				 "socket units";
	case ENOENT:
		return "make its directory first";
	case EEXIST:
		return "remove the file there, which is not a socket";
	default:
		return "choose another address";
	}
}

static void try_place(struct setup *setup, const struct place *place)
{
	bool is_unix = place->address.storage.ss_family == AF_UNIX;
	int failed = is_unix ? try_path(place) : try_bind(place);
	if (failed == 0 || failed == EADDRINUSE || failed == EADDRNOTAVAIL ||
		failed == EAFNOSUPPORT)
		return;
	char *what = mem_format("cannot be listened on: %s", strerror(failed));
	add_problem(setup, place, what, remedy(failed, is_unix));
	free(what);
}

/* As execvp(3) looks for it. */
static bool is_command(const char *program)
{
	const char *path = getenv("PATH");
	bool found = strchr(program, '/') != NULL && access(program, X_OK) == 0;
	if (strchr(program, '/') != NULL)
		return found;
	for (path = path != NULL ? path : "/bin:/usr/bin"; !found && *path != '\0';) {
		size_t length = strcspn(path, ":");
		char *name = mem_format("%.*s/%s", (int)length, path, program);
		found = access(name, X_OK) == 0;
		free(name);
		path += length + (path[length] == ':');
	}
	return found;
}

static void try_command(struct setup *setup, const struct config_section *section)
{
	const char *command = collection_command(section->options);
	struct strings argv = {0};
	if (command != NULL && command_split(command, &argv, NULL) && argv.count > 0 &&
		!is_command(argv.items[0])) {
		char *problem = mem_format(
			"sources: there is no program '%s'; install it, or write its path",
			argv.items[0]);
		setup_refuse(setup, section, problem);
		free(problem);
	}
	strings_finish(&argv);
}

/* Returns 0 or why the directory cannot be made or written. */
static int try_directory(const char *directory)
{
	struct stat status;
	char *path = mem_strdup(directory);
	while (stat(path, &status) != 0 && errno == ENOENT && path[1] != '\0') {
		char *slash = strrchr(path, '/');
		slash[slash == path] = '\0';
	}
	int failed = stat(path, &status) != 0         ? errno
		     : !S_ISDIR(status.st_mode)       ? ENOTDIR
		     : access(path, W_OK | X_OK) != 0 ? errno
						      : 0;
	free(path);
	return failed;
}

/* Without the setting, where it is depends on the environment of the start. */
static void try_state(struct setup *setup)
{
	const char *directory = setup->config.daemon.state_directory;
	bool wanted = false;
	for (size_t i = 0; i < setup->config.section_count; i++) {
		const struct frontend_ops *ops = setup_frontend(setup, &setup->config.sections[i]);
		wanted |= ops != NULL && ops->keeps;
	}
	int failed = wanted && *directory != '\0' ? try_directory(directory) : 0;
	if (failed == 0)
		return;
	char *problem = mem_format(
		"state_directory: %s: %s; let quoted write there", directory, strerror(failed));
	setup_refuse(setup, NULL, problem);
	free(problem);
}

void rehearse_start(struct setup *setup)
{
	try_state(setup);
	struct places places = find_places(setup);
	for (size_t i = 0; i < places.count; i++)
		try_place(setup, &places.items[i]);
	free(places.items);
	for (size_t i = 0; i < setup->config.section_count; i++) {
		const struct config_section *section = &setup->config.sections[i];
		if (strcmp(section->schema->name, COLLECTION_SETTINGS_NAME) == 0)
			try_command(setup, section);
	}
}
