#include "frontends/kit/metrics.h"

#include <string.h>

#include <criterion/criterion.h>

static const struct metrics_row rows[] = {
	{"b_total", METRICS_TYPE_COUNTER, "Bees", "kind=\"big\""},
	{"b_total", METRICS_TYPE_COUNTER, "Bees", "kind=\"small\""},
	{"a_now", METRICS_TYPE_GAUGE, "Ants", NULL},
	{.name = NULL},
};

static const struct metrics_row histogram[] = {
	{"a_seconds", METRICS_TYPE_HISTOGRAM, "Age", NULL},
	{.name = NULL},
};

static void expect(struct metrics_registry *registry, const char *text)
{
	struct buffer out = {0};
	metrics_registry_write(registry, &out);
	cr_assert_str_eq(out.data, text);
	buffer_finish(&out);
}

Test(metrics, rows_of_one_name_stand_together)
{
	struct metrics_registry *registry = metrics_registry_create();
	struct metrics *second = metrics_registry_open(registry, "z.default", rows);
	struct metrics *first = metrics_registry_open(registry, "y.default", rows);
	metrics_add(second, 0, 1);
	metrics_add(second, 0, 2);
	metrics_add(first, 1, 12345678901234);
	metrics_add(first, 2, 3);
	metrics_add(first, 2, -1);
	metrics_set(second, 2, 0.25);
	expect(registry, "# HELP a_now Ants\n"
			 "# TYPE a_now gauge\n"
			 "a_now{frontend=\"z.default\"} 0.25\n"
			 "a_now{frontend=\"y.default\"} 2\n"
			 "# HELP b_total Bees\n"
			 "# TYPE b_total counter\n"
			 "b_total{frontend=\"z.default\",kind=\"big\"} 3\n"
			 "b_total{frontend=\"z.default\",kind=\"small\"} 0\n"
			 "b_total{frontend=\"y.default\",kind=\"big\"} 0\n"
			 "b_total{frontend=\"y.default\",kind=\"small\"} 12345678901234\n");
	metrics_registry_destroy(registry);
}

Test(metrics, buckets_include_the_lower_ones)
{
	struct metrics_registry *registry = metrics_registry_create();
	struct metrics *metrics = metrics_registry_open(registry, NULL, histogram);
	metrics_observe(metrics, 0, 0.01);
	metrics_observe(metrics, 0, 0.0101);
	metrics_observe(metrics, 0, -5);
	metrics_observe(metrics, 0, 100);
	cr_assert_float_eq(metrics_value(metrics, 0), 100.0201, 1e-9);
	expect(registry, "# HELP a_seconds Age\n"
			 "# TYPE a_seconds histogram\n"
			 "a_seconds_bucket{le=\"0.0001\"} 1\n"
			 "a_seconds_bucket{le=\"0.0005\"} 1\n"
			 "a_seconds_bucket{le=\"0.001\"} 1\n"
			 "a_seconds_bucket{le=\"0.005\"} 1\n"
			 "a_seconds_bucket{le=\"0.01\"} 2\n"
			 "a_seconds_bucket{le=\"0.05\"} 3\n"
			 "a_seconds_bucket{le=\"0.25\"} 3\n"
			 "a_seconds_bucket{le=\"1\"} 3\n"
			 "a_seconds_bucket{le=\"5\"} 3\n"
			 "a_seconds_bucket{le=\"30\"} 3\n"
			 "a_seconds_bucket{le=\"+Inf\"} 4\n"
			 "a_seconds_sum 100.0201\n"
			 "a_seconds_count 4\n");
	metrics_registry_destroy(registry);
}

Test(metrics, a_label_value_is_escaped)
{
	struct metrics_registry *registry = metrics_registry_create();
	metrics_registry_open(registry, "\"a\\b\nc", histogram);
	struct buffer out = {0};
	metrics_registry_write(registry, &out);
	cr_assert_not_null(strstr(out.data, "\na_seconds_count{frontend=\"\\\"a\\\\b\\nc\"} 0\n"),
		"%s", out.data);
	cr_assert_not_null(strstr(out.data, "{frontend=\"\\\"a\\\\b\\nc\",le=\"0.0001\"} 0\n"),
		"%s", out.data);
	buffer_finish(&out);
	metrics_registry_destroy(registry);
}

Test(metrics, a_section_goes_on_counting)
{
	struct metrics_registry *registry = metrics_registry_create();
	struct metrics *metrics = metrics_registry_open(registry, "x", rows);
	metrics_add(metrics, 0, 1);
	cr_assert_eq(metrics_registry_open(registry, "x", rows), metrics);
	cr_assert_neq(metrics_registry_open(registry, "y", rows), metrics);
	cr_assert_neq(metrics_registry_open(registry, NULL, rows), metrics);
	cr_assert_neq(metrics_registry_open(registry, "x", histogram), metrics);
	metrics_registry_destroy(registry);
}

Test(metrics, are_written_only_while_open)
{
	struct metrics_registry *registry = metrics_registry_create();
	struct metrics *metrics = metrics_registry_open(registry, NULL, rows + 2);
	static const char written[] = "# HELP a_now Ants\n# TYPE a_now gauge\na_now 1\n";
	struct buffer out = {0};
	metrics_registry_open(registry, NULL, rows + 2);
	metrics_add(metrics, 0, 1);
	metrics_close(metrics);
	expect(registry, written);
	metrics_close(metrics);
	metrics_registry_write(registry, &out);
	cr_assert_eq(out.length, 0);
	metrics_registry_open(registry, NULL, rows + 2);
	expect(registry, written);
	metrics_close(NULL);
	metrics_registry_destroy(registry);
}

static void refresh(void *data)
{
	metrics_set(data, 2, 7);
}

Test(metrics, are_refreshed_before_they_are_written)
{
	struct metrics_registry *registry = metrics_registry_create();
	struct metrics *metrics = metrics_registry_open(registry, NULL, rows);
	struct buffer out = {0};
	metrics_on_write(metrics, refresh, metrics);
	metrics_registry_write(registry, &out);
	cr_assert_not_null(strstr(out.data, "\na_now 7\n"), "%s", out.data);
	buffer_finish(&out);
	metrics_registry_destroy(registry);
}

Test(metrics, can_be_absent)
{
	metrics_add(NULL, 0, 1);
	metrics_set(NULL, 0, 1);
	metrics_observe(NULL, 0, 1);
	cr_assert_eq(metrics_value(NULL, 0), 0);
}
