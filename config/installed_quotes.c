#include "config/installed_quotes.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/mem.h"

static const char *const directories[] = {
	"/usr/share/games/fortunes",
	"/usr/share/fortune",
	"/usr/local/share/games/fortunes",
	"/usr/share/fortunes",
};

static struct quoter *open_path(
	const char *path, struct rng *rng, struct strings *warnings, struct error *reterr)
{
	char *spec = mem_format("fortune:%s", path);
	struct strings specs = {0};
	strings_add(&specs, spec);
	struct quoter *quoter = quoter_open(&specs, rng, warnings, reterr);
	strings_finish(&specs);
	free(spec);
	return quoter;
}

static char *bundled_path(void)
{
	char program[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	program[length > 0 ? length : 0] = '\0';
	char *slash = strrchr(program, '/');
	if (slash != NULL)
		*slash = '\0';
	return mem_format("%s/../share/quoted/proverbs", program);
}

struct quoter *installed_quotes_open(const struct strings *specs, struct rng *rng,
	struct strings *warnings, struct error *reterr)
{
	if (specs->count > 0)
		return quoter_open(specs, rng, warnings, reterr);
	for (size_t i = 0; i < sizeof directories / sizeof directories[0]; i++) {
		if (access(directories[i], R_OK) != 0)
			continue;
		struct quoter *quoter = open_path(directories[i], rng, warnings, reterr);
		if (quoter != NULL)
			return quoter;
	}
	char *path = bundled_path();
	struct quoter *quoter = open_path(path, rng, warnings, reterr);
	free(path);
	return quoter;
}
