#include "tests/support/scratch.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { DIRECTORIES_OPEN = 8 };

static char directory[] = "/tmp/quoted_test.XXXXXX";

static void must(int succeeded)
{
	if (succeeded)
		return;
	perror("scratch");
	abort();
}

void scratch_enter(void)
{
	must(mkdtemp(directory) != NULL);
	must(chdir(directory) == 0);
}

void scratch_write(const char *name, const void *data, size_t length)
{
	FILE *file = fopen(name, "w");
	must(file != NULL);
	must(fwrite(data, 1, length, file) == length);
	must(fclose(file) == 0);
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

void scratch_leave(void)
{
	must(chdir("/") == 0);
	must(nftw(directory, remove_entry, DIRECTORIES_OPEN, FTW_DEPTH | FTW_PHYS) == 0);
}
