#include "frontends/kit/metrics.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/mem.h"

/* Upper bounds in seconds: from a quote to a slow relay, with the 10 ms of a turn among them. */
static const double bounds[] = {0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.25, 1, 5, 30};

enum { BOUND_COUNT = sizeof bounds / sizeof *bounds, BUCKET_COUNT = BOUND_COUNT + 1 };

/* There is one loop. */
static double turn;

struct value {
	double value;    /* of a histogram: the sum */
	double *buckets; /* of a histogram, each without the lower ones; the last has no bound */
};

struct metrics {
	struct metrics_registry *registry;
	unsigned holders; /* guarded by its mutex */
	char *section;    /* NULL: the process */
	const struct metrics_row *rows;
	size_t count;
	struct value *values;
	void (*refresh)(void *data);
	void *data;
};

struct metrics_registry {
	pthread_mutex_t mutex; /* of what follows */
	struct metrics **tables;
	size_t count;
};

/* A row of a table, to be sorted by name. */
struct place {
	const struct metrics *metrics;
	size_t row;
	size_t order;
};

struct metrics_registry *metrics_registry_create(void)
{
	struct metrics_registry *registry = mem_alloc(sizeof *registry);
	pthread_mutex_init(&registry->mutex, NULL);
	return registry;
}

static struct metrics *create_table(
	struct metrics_registry *registry, const char *section, const struct metrics_row *rows)
{
	struct metrics *metrics = mem_alloc(sizeof *metrics);
	metrics->registry = registry;
	metrics->section = section != NULL ? mem_strdup(section) : NULL;
	metrics->rows = rows;
	while (rows[metrics->count].name != NULL)
		metrics->count++;
	metrics->values = mem_alloc((metrics->count + 1) * sizeof *metrics->values);
	for (size_t i = 0; i < metrics->count; i++)
		if (rows[i].type == METRICS_TYPE_HISTOGRAM)
			metrics->values[i].buckets = mem_alloc(BUCKET_COUNT * sizeof(double));
	return metrics;
}

static bool is_for(const struct metrics *metrics, const char *section)
{
	if (metrics->section == NULL || section == NULL)
		return metrics->section == section;
	return strcmp(metrics->section, section) == 0;
}

static struct metrics *find_or_add(
	struct metrics_registry *registry, const char *section, const struct metrics_row *rows)
{
	for (size_t i = 0; i < registry->count; i++)
		if (registry->tables[i]->rows == rows && is_for(registry->tables[i], section))
			return registry->tables[i];
	registry->tables = mem_resize(registry->tables, registry->count + 1, sizeof(void *));
	registry->tables[registry->count] = create_table(registry, section, rows);
	return registry->tables[registry->count++];
}

struct metrics *metrics_registry_open(
	struct metrics_registry *registry, const char *section, const struct metrics_row *rows)
{
	pthread_mutex_lock(&registry->mutex);
	struct metrics *metrics = find_or_add(registry, section, rows);
	metrics->holders++;
	pthread_mutex_unlock(&registry->mutex);
	return metrics;
}

void metrics_close(struct metrics *metrics)
{
	if (metrics == NULL)
		return;
	pthread_mutex_lock(&metrics->registry->mutex);
	metrics->holders--;
	pthread_mutex_unlock(&metrics->registry->mutex);
}

void metrics_registry_destroy(struct metrics_registry *registry)
{
	if (registry == NULL)
		return;
	for (size_t i = 0; i < registry->count; i++) {
		struct metrics *metrics = registry->tables[i];
		for (size_t k = 0; k < metrics->count; k++)
			free(metrics->values[k].buckets);
		free(metrics->values);
		free(metrics->section);
		free(metrics);
	}
	pthread_mutex_destroy(&registry->mutex);
	free(registry->tables);
	free(registry);
}

void metrics_add(struct metrics *metrics, size_t row, double amount)
{
	if (metrics != NULL)
		metrics->values[row].value += amount;
}

void metrics_set(struct metrics *metrics, size_t row, double value)
{
	if (metrics != NULL)
		metrics->values[row].value = value;
}

void metrics_observe(struct metrics *metrics, size_t row, double seconds)
{
	if (metrics == NULL)
		return;
	struct value *value = &metrics->values[row];
	size_t bucket = 0;
	while (bucket < BOUND_COUNT && seconds > bounds[bucket])
		bucket++;
	value->buckets[bucket]++;
	value->value += seconds > 0 ? seconds : 0;
}

double metrics_value(const struct metrics *metrics, size_t row)
{
	return metrics != NULL ? metrics->values[row].value : 0;
}

double metrics_clock(void)
{
	static const double ns_a_second = 1e9;
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / ns_a_second;
}

double metrics_turn(void)
{
	return turn;
}

void metrics_begin_turn(double now)
{
	turn = now;
}

void metrics_on_write(struct metrics *metrics, void (*refresh)(void *data), void *data)
{
	metrics->refresh = refresh;
	metrics->data = data;
}

static int compare(const void *left, const void *right)
{
	const struct place *a = left;
	const struct place *b = right;
	int names = strcmp(a->metrics->rows[a->row].name, b->metrics->rows[b->row].name);
	return names != 0 ? names : (a->order > b->order) - (a->order < b->order);
}

static void add_place(
	struct place *places, size_t *count, const struct metrics *metrics, size_t row)
{
	places[*count] = (struct place){metrics, row, *count};
	++*count;
}

static struct place *sort_rows(const struct metrics_registry *registry, size_t *ret_count)
{
	size_t count = 0;
	for (size_t i = 0; i < registry->count; i++)
		count += registry->tables[i]->count;
	struct place *places = mem_alloc((count + 1) * sizeof *places);
	*ret_count = 0;
	for (size_t i = 0; i < registry->count; i++) {
		const struct metrics *metrics = registry->tables[i];
		for (size_t row = 0; metrics->holders > 0 && row < metrics->count; row++)
			add_place(places, ret_count, metrics, row);
	}
	qsort(places, *ret_count, sizeof *places, compare);
	return places;
}

static void write_head(const struct metrics_row *row, struct buffer *out)
{
	static const char *const words[] = {
		[METRICS_TYPE_COUNTER] = "counter",
		[METRICS_TYPE_GAUGE] = "gauge",
		[METRICS_TYPE_HISTOGRAM] = "histogram",
	};
	buffer_format(out, "# HELP %s %s\n# TYPE %s %s\n", row->name, row->help, row->name,
		words[row->type]);
}

static void write_escaped(const char *text, struct buffer *out)
{
	while (*text != '\0') {
		size_t plain = strcspn(text, "\"\\\n");
		buffer_append(out, text, plain);
		text += plain;
		if (*text != '\0')
			buffer_format(out, "\\%c", *text == '\n' ? 'n' : *text);
		text += *text != '\0';
	}
}

/* The text format separates labels by commas, and has no braces if there is none. */
static void write_labels(
	const struct metrics *metrics, const char *label, const char *last, struct buffer *out)
{
	const char *before = "{";
	if (metrics->section != NULL) {
		buffer_add(out, "{frontend=\"");
		write_escaped(metrics->section, out);
		buffer_add(out, "\"");
		before = ",";
	}
	if (label != NULL) {
		buffer_format(out, "%s%s", before, label);
		before = ",";
	}
	if (last != NULL)
		buffer_format(out, "%s%s", before, last);
	if (metrics->section != NULL || label != NULL || last != NULL)
		buffer_add(out, "}");
}

static void write_sample(const struct place *place, const char *suffix, const char *last,
	double value, struct buffer *out)
{
	const struct metrics_row *row = &place->metrics->rows[place->row];
	buffer_format(out, "%s%s", row->name, suffix);
	write_labels(place->metrics, row->label, last, out);
	buffer_format(out, " %.15g\n", value);
}

static void write_histogram(const struct place *place, struct buffer *out)
{
	const struct value *value = &place->metrics->values[place->row];
	double count = 0;
	for (size_t i = 0; i < BUCKET_COUNT; i++) {
		char bound[32] = "le=\"+Inf\"";
		if (i < BOUND_COUNT)
			snprintf(bound, sizeof bound, "le=\"%g\"", bounds[i]);
		count += value->buckets[i];
		write_sample(place, "_bucket", bound, count, out);
	}
	write_sample(place, "_sum", NULL, value->value, out);
	write_sample(place, "_count", NULL, count, out);
}

static struct place *list_rows(struct metrics_registry *registry, size_t *ret_count)
{
	pthread_mutex_lock(&registry->mutex);
	for (size_t i = 0; i < registry->count; i++)
		if (registry->tables[i]->refresh != NULL)
			registry->tables[i]->refresh(registry->tables[i]->data);
	struct place *places = sort_rows(registry, ret_count);
	pthread_mutex_unlock(&registry->mutex);
	return places;
}

void metrics_registry_write(struct metrics_registry *registry, struct buffer *out)
{
	size_t count;
	struct place *places = list_rows(registry, &count);
	for (size_t i = 0; i < count; i++) {
		const struct place *place = &places[i];
		const struct metrics_row *row = &place->metrics->rows[place->row];
		const struct place *before = i > 0 ? &places[i - 1] : NULL;
		if (before == NULL ||
			strcmp(before->metrics->rows[before->row].name, row->name) != 0)
			write_head(row, out);
		if (row->type == METRICS_TYPE_HISTOGRAM)
			write_histogram(place, out);
		else
			write_sample(
				place, "", NULL, place->metrics->values[place->row].value, out);
	}
	free(places);
}
