#include "core/sources/file_state.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "tests/support/scratch.h"

static struct collections none = {.references = 1};

static uint64_t state_of(const char *path)
{
	struct loader loader = {.library = library_create(&none)};
	file_state_add(&loader, path);
	uint64_t fingerprint = loader.library->fingerprint;
	library_release(loader.library);
	return fingerprint;
}

Test(file_state, differs_if_a_file_or_its_companion_does, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const char *const names[] = {"f", "f.dat", "f.u8"};
	uint64_t before = state_of("f");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		scratch_write(names[i], "x", 1);
		uint64_t after = state_of("f");
		cr_expect_neq(after, before, "%s", names[i]);
		before = after;
	}
	cr_expect_eq(state_of("f"), before);
	scratch_write("g", "x", 1);
	cr_expect_eq(state_of("f"), before);
}

Test(file_state, watches_each_name_once_in_a_directory, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct strings watched = {0};
	struct loader loader = {.library = library_create(&none), .watched = &watched};
	cr_assert_eq(mkdir("d", 0700), 0);
	scratch_write("d/f", "x", 1);
	cr_assert_eq(symlink("../far", "d/link"), 0);
	file_state_add_directory(&loader, "d");
	loader.in_directory = true;
	size_t count = watched.count;
	cr_assert_gt(count, 0);
	cr_expect_str_eq(watched.items[count - 1], "d/");
	file_state_add(&loader, "d/f");
	cr_expect_eq(watched.count, count, "its name is watched with the directory");
	file_state_add(&loader, "d/link");
	cr_expect_gt(watched.count, count, "it leads to other names");
	library_release(loader.library);
	strings_finish(&watched);
}
