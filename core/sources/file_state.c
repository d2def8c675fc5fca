#include "core/sources/file_state.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "core/sources/lookup.h"

static void mix_status(struct library *library, const char *path)
{
	struct stat status;
	uint64_t parts[7] = {0};
	if (stat(path, &status) == 0) {
		parts[0] = status.st_dev;
		parts[1] = status.st_ino;
		parts[2] = (uint64_t)status.st_size;
		parts[3] = (uint64_t)status.st_mtim.tv_sec;
		parts[4] = (uint64_t)status.st_mtim.tv_nsec;
		parts[5] = (uint64_t)status.st_ctim.tv_sec;
		parts[6] = (uint64_t)status.st_ctim.tv_nsec;
	}
	library->fingerprint = hash_octets(path, strlen(path), library->fingerprint);
	library->fingerprint = hash_octets(parts, sizeof parts, library->fingerprint);
}

/* The names in a directory are watched already; a link among them leads to more names. */
static void watch(struct loader *loader, const char *path)
{
	struct stat status;
	if (loader->watched == NULL)
		return;
	if (!loader->in_directory || (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)))
		lookup_names(path, loader->watched);
}

void file_state_add(struct loader *loader, const char *path)
{
	static const char *const suffixes[] = {"", ".dat", ".u8"};
	if (loader->only_counts || loader->only != NULL)
		return;
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *name = mem_format("%s%s", path, suffixes[i]);
		mix_status(loader->library, name);
		watch(loader, name);
		free(name);
	}
}

void file_state_add_directory(struct loader *loader, const char *path)
{
	watch(loader, path);
	if (loader->watched == NULL)
		return;
	char *every = mem_format("%s/", path);
	strings_add(loader->watched, every);
	free(every);
}
