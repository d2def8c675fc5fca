#include "core/sources/file_state.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/hash.h"
#include "core/base/mem.h"
#include "core/sources/lookup.h"

static void mix_status(struct file_state *state, const char *path)
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
	state->fingerprint = hash_octets(path, strlen(path), state->fingerprint);
	state->fingerprint = hash_octets(parts, sizeof parts, state->fingerprint);
}

/* The names in a directory are watched already; a link among them leads to more names. */
static void watch(struct file_state *state, const char *path)
{
	struct stat status;
	if (state->watched == NULL)
		return;
	if (!state->in_directory || (lstat(path, &status) == 0 && S_ISLNK(status.st_mode)))
		lookup_names(path, state->watched);
}

void file_state_add(struct file_state *state, const char *path)
{
	static const char *const suffixes[] = {"", ".dat", ".u8"};
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char *name = mem_format("%s%s", path, suffixes[i]);
		mix_status(state, name);
		watch(state, name);
		free(name);
	}
}

void file_state_add_directory(struct file_state *state, const char *path)
{
	watch(state, path);
	state->in_directory = true;
	if (state->watched == NULL)
		return;
	char *every = mem_format("%s/", path);
	strings_add(state->watched, every);
	free(every);
}
