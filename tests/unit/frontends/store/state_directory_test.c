#include "frontends/store/state_directory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "tests/support/scratch.h"

TestSuite(state_directory, .init = scratch_enter, .fini = scratch_leave);

static char *here(const char *name)
{
	char *directory = getcwd(NULL, 0);
	char *path = mem_format("%s/%s", directory, name);
	free(directory);
	return path;
}

static void expect(const char *setting, const char *expected)
{
	struct error error = {0};
	struct stat status;
	char *path = here(expected);
	char *found = state_directory_find(setting, true, &error);
	cr_assert_not_null(found, "%s", error.text);
	cr_expect_str_eq(found, path);
	cr_expect(stat(found, &status) == 0 && (status.st_mode & 0007) == 0);
	free(found);
	free(path);
}

Test(state_directory, is_the_setting_or_that_of_the_manager)
{
	char *one = here("a/b");
	char *two = here("one");
	char *list = mem_format("%s:/elsewhere", two);
	setenv("STATE_DIRECTORY", list, 1);
	expect("", "one");
	expect(one, "a/b");
	free(list);
	free(two);
	free(one);
}

/* The tests may run where /var/lib/quoted can be written. */
Test(state_directory, is_in_the_home_if_there_is_no_other)
{
	char *state = here("state");
	char *home = here(".");
	unsetenv("STATE_DIRECTORY");
	if (access("/var/lib/quoted", W_OK) != 0) {
		setenv("XDG_STATE_HOME", state, 1);
		expect("", "state/quoted");
		unsetenv("XDG_STATE_HOME");
		setenv("HOME", home, 1);
		expect("", "./.local/state/quoted");
	}
	free(home);
	free(state);
}

Test(state_directory, must_be_a_directory)
{
	struct error error = {0};
	scratch_write("file", "x", 1);
	char *path = here("file/state");
	char *expected = mem_format(
		"%s: Not a directory; let quoted write there, or set state_directory", path);
	cr_assert_null(state_directory_find(path, true, &error));
	cr_expect_str_eq(error.text, expected);
	free(expected);
	free(path);
}
