/** Runs Criterion's tests, each in a fork of this process: all, or those of the suite that is
 * named.
 *
 * Criterion starts the program anew for each test, which takes a sanitizer half a second and
 * valgrind two. It also takes a test for passed although a sanitizer or valgrind ended its process.
 * Knows what our tests use: init, fini, signal and timeout, of a test or of its suite. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <criterion/criterion.h>

/* The linker's names for the ends of the sections that Test() and TestSuite() fill. */
extern struct criterion_test *__start_cr_tst[], *__stop_cr_tst[];
extern struct criterion_suite *__start_cr_sts[] __attribute__((weak));
extern struct criterion_suite *__stop_cr_sts[] __attribute__((weak));

static bool has_failed;

/* These stand in for the library's, which report to the process that started the test. */

void criterion_internal_test_setup(void)
{
}

void criterion_internal_test_main(void (*test)(void))
{
	test();
}

void criterion_internal_test_teardown(void)
{
}

void cri_asserts_passed_incr(void)
{
}

void criterion_send_assert(struct criterion_assert_stats *stats)
{
	if (!stats->passed)
		fprintf(stderr, "%s:%u: %s\n", stats->file, stats->line, stats->message);
}

void criterion_continue_test(void)
{
	has_failed = true;
}

void criterion_abort_test(void)
{
	exit(1);
}

static void call(void (*function)(void))
{
	if (function != NULL)
		function();
}

static const struct criterion_test_extra_data *suite_of(const struct criterion_test *test)
{
	static const struct criterion_test_extra_data none;
	for (struct criterion_suite **suite = __start_cr_sts; suite < __stop_cr_sts; suite++)
		if (strcmp((*suite)->name, test->category) == 0)
			return (*suite)->data;
	return &none;
}

static void run(const struct criterion_test *test)
{
	const struct criterion_test_extra_data *suite = suite_of(test);
	alarm((unsigned)test->data->timeout);
	call(suite->init);
	call(test->data->init);
	test->test();
	call(test->data->fini);
	call(suite->fini);
	exit(has_failed);
}

static bool passes(const struct criterion_test *test)
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0)
		run(test);
	if (child < 0 || waitpid(child, &status, 0) != child) {
		perror("fork");
		return false;
	}
	if (test->data->signal != 0)
		return WIFSIGNALED(status) && WTERMSIG(status) == test->data->signal;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char *argv[])
{
	int tested = 0, failed = 0;
	for (struct criterion_test **test = __start_cr_tst; test < __stop_cr_tst; test++) {
		if (argc > 1 && strcmp((*test)->category, argv[1]) != 0)
			continue;
		tested++;
		if (!passes(*test)) {
			failed++;
			printf("%s/%s failed\n", (*test)->category, (*test)->name);
		}
	}
	printf("Tested: %d | Failed: %d\n", tested, failed);
	return failed > 0;
}
