#include "core/sources/lookup.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "tests/support/scratch.h"

static void check(const char *path, const char *expected)
{
	struct strings names = {0};
	struct buffer joined = {0};
	lookup_names(path, &names);
	buffer_add(&joined, "");
	for (size_t i = 0; i < names.count; i++)
		buffer_format(&joined, "%s ", names.items[i]);
	cr_assert_str_eq(
		joined.length > 0 ? joined.data : "", expected, "%s: %s", path, joined.data);
	buffer_finish(&joined);
	strings_finish(&names);
}

static void make_tree(void)
{
	static const char *const directories[] = {"t", "t/v1", "l", "m"};
	scratch_enter();
	for (size_t i = 0; i < sizeof directories / sizeof *directories; i++)
		cr_assert_eq(mkdir(directories[i], 0755), 0);
	scratch_write("t/v1/q", "x", 1);
	cr_assert_eq(symlink("../m/mid/q", "l/q"), 0);
	cr_assert_eq(symlink("../t/v1", "m/mid"), 0);
	cr_assert_eq(symlink("loop", "loop"), 0);
	cr_assert_eq(symlink("/nowhere_at_all/x", "far"), 0);
}

Test(lookup, lists_all_names_on_the_way, .init = make_tree, .fini = scratch_leave)
{
	check("", "");
	check("t/v1/q", "./t ./t/v1 ./t/v1/q ");
	check("./t//v1/../v1/", "./t ./t/v1 ./t/v1/../v1 ");
	check("t/v2/q", "./t ./t/v2 ");
	check("t/v1/q/r", "./t ./t/v1 ./t/v1/q ./t/v1/q/r ");
	check("l/q", "./l ./l/q ./l/../m ./l/../m/mid ./l/../m/../t ./l/../m/../t/v1 "
		     "./l/../m/../t/v1/q ");
	check("far", "./far /nowhere_at_all ");
	check("/nowhere_at_all/x", "/nowhere_at_all ");
}

Test(lookup, ends_in_a_loop_of_links, .init = make_tree, .fini = scratch_leave)
{
	struct strings names = {0};
	lookup_names("loop", &names);
	cr_assert_gt(names.count, 0);
	cr_assert_leq(names.count, 100);
	strings_finish(&names);
}
