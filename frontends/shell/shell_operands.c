#include "frontends/shell/shell_operands.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file_read.h"
#include "core/mem.h"

static bool is_directory(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool can_be_read(const char *path, struct error *reterr)
{
	if (is_directory(path)) {
		DIR *directory = opendir(path);
		if (directory == NULL)
			error_set(reterr, "%s: %s", path, strerror(errno));
		return directory != NULL && closedir(directory) == 0;
	}
	int fd = file_open(path, reterr);
	return fd >= 0 && close(fd) == 0;
}

static void add_file(struct shell_options *options, const char *path)
{
	char *spec = mem_format("fortune:%s", path);
	strings_add(&options->files, spec);
	free(spec);
}

static void take(struct shell_options *options, const char *word)
{
	struct error error;
	bool is_name = options->command == SHELL_COMMAND_QUOTE && access(word, F_OK) != 0 &&
		       strchr(word, '/') == NULL;
	if (is_name)
		strings_add(&options->collections, word);
	else if (options->command == SHELL_COMMAND_CHECK && !can_be_read(word, &error))
		strings_add(&options->findings, error.text);
	else
		add_file(options, word);
}

void shell_operands_take(struct shell_options *options, char **words, int count)
{
	for (int i = 0; i < count; i++)
		take(options, words[i]);
	/* Not the configured quotes in place of what was named. */
	for (int i = 0; i < count && options->findings.count == (size_t)count; i++)
		add_file(options, words[i]);
}
