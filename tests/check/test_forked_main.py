"""The tests under valgrind fail if they should: support/forked_main.c stands in for Criterion's runner there."""

import subprocess

from checking import SOURCE

PROGRAM = """
#include <criterion/criterion.h>
#include <signal.h>
#include <unistd.h>

static int entered;

static void enter(void)
{
	entered++;
}

TestSuite(suite, .init = enter);
Test(suite, runs_init_of_both, .init = enter) { cr_assert_eq(entered, 2); }
Test(suite, aborts, .signal = SIGABRT) { abort(); }
Test(suite, is_alone) { cr_assert_eq(entered++, 1); cr_expect_eq(entered, 2); }

Test(bad, asserts) { cr_assert(false); }
Test(bad, expects) { cr_expect(false); }
Test(bad, crashes) { abort(); }
Test(bad, lives, .signal = SIGABRT) { }
Test(bad, hangs, .timeout = 1) { pause(); }
Test(bad, reads_what_was_never_written)
{
	char *volatile octets = malloc(8);
	cr_expect(octets[3] || entered == 0);
	free(octets);
}
"""


def test_finds_what_is_wrong(tmp_path):
    source, program = tmp_path / "tests.c", tmp_path / "tests"
    source.write_text(PROGRAM)
    runner = SOURCE / "tests/support/forked_main.c"
    subprocess.run(["cc", "-D_GNU_SOURCE", source, runner, "-lcriterion", "-o", program], check=True)
    done = subprocess.run(["valgrind", "--quiet", "--error-exitcode=99", "--leak-check=no", program], timeout=300,
                          capture_output=True, text=True, check=False)
    bad = ("asserts", "expects", "crashes", "lives", "hangs", "reads_what_was_never_written")
    assert done.stdout.splitlines() == [*(f"bad/{name} failed" for name in bad), "Tested: 9 | Failed: 6"]
    assert done.returncode == 1
    assert f"{source}:18: The expression 0 is false." in done.stderr
