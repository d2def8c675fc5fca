#include "tests/support/arguments.h"

#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 256 };

int arguments_split(const char *line, char *ret_argv[ARGUMENTS_MAX + 1])
{
	static char program[] = "quoted";
	static char copy[LINE_SIZE];
	int count = 0;
	if (strlen(line) >= sizeof copy)
		abort();
	strcpy(copy, line);
	ret_argv[count++] = program;
	for (char *word = strtok(copy, " "); word != NULL && count < ARGUMENTS_MAX;
		word = strtok(NULL, " "))
		ret_argv[count++] = word;
	ret_argv[count] = NULL;
	return count;
}
