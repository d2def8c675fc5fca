#include "frontends/runtime/process_metrics.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/support/loop_support.h"
#include "tests/support/quotes.h"

/* Returns a value as it is written. */
static double read_value(struct metrics_registry *registry, const char *sample)
{
	struct buffer out = {0};
	char *line = mem_format("\n%s ", sample);
	metrics_registry_write(registry, &out);
	const char *found = strstr(out.data, line);
	cr_assert_not_null(found, "%s is not in %s", sample, out.data);
	double value = strtod(found + strlen(line), NULL);
	free(line);
	buffer_finish(&out);
	return value;
}

static bool done;

static void on_done(struct store_work *work, const char *failure)
{
	(void)work;
	cr_expect_not_null(failure);
	done = true;
}

static bool is_done(void *data)
{
	(void)data;
	return done;
}

Test(process_metrics, are_read_when_they_are_written)
{
	struct quotes quotes = {0};
	struct error error = {0};
	quotes_add_many(&quotes, "a", 3);
	quotes_add(&quotes, "said", "command:echo x");
	struct ev_loop *loop = loop_support_create();
	struct quoter *quoter = quotes_open(&quotes);
	struct searcher *searcher = searcher_create(loop, quoter, &quotes.rng, &error);
	struct keeper *keeper = keeper_create(loop, quoter, searcher, &quotes.rng, &error);
	cr_assert_not_null(keeper, "%s", error.text);
	struct metrics_registry *registry = metrics_registry_create();
	struct store *store = store_create(loop, "/dev/null/state", &error);
	struct process_metrics process = {quoter, keeper, searcher, store, NULL};
	process_metrics_init(&process, registry);
	cr_expect_eq(read_value(registry, "quoted_build_info{version=\"" QUOTED_VERSION "\"}"), 1);
	cr_expect_eq(read_value(registry, "quoted_quotes"), 3);
	cr_expect_eq(read_value(registry, "quoted_files"), 3);
	cr_expect_eq(read_value(registry, "quoted_commands"), 1);
	cr_expect_eq(read_value(registry, "quoted_reloads_total{result=\"failure\"}"), 0);
	cr_expect_eq(read_value(registry, "quoted_search_index_ready"), 0);
	struct store_work work = {.done = on_done};
	store_submit(store, &work);
	cr_assert(loop_support_until(loop, is_done, NULL));
	cr_expect_eq(read_value(registry, "quoted_store_writes_total"), 1);
	cr_expect_eq(read_value(registry, "quoted_store_failures_total"), 1);
	cr_expect_eq(read_value(registry, "quoted_store_commits_total"), 0);
	cr_expect_eq(read_value(registry, "quoted_store_commit_seconds_total"), 0);
	cr_expect_gt(read_value(registry, "process_resident_memory_bytes"), 100000);
	cr_expect_gt(read_value(registry, "process_start_time_seconds"), 1.7e9);
	double files = read_value(registry, "process_open_fds");
	int fd = open("/dev/null", O_RDONLY);
	cr_expect_eq(read_value(registry, "process_open_fds"), files + 1);
	close(fd);
	store_destroy(store);
	keeper_destroy(keeper);
	searcher_destroy(searcher);
	metrics_registry_destroy(registry);
	ev_loop_destroy(loop);
	quotes_finish(&quotes);
}
