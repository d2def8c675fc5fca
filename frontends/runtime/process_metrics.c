#include "frontends/runtime/process_metrics.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "core/library/library.h"

enum {
	BUILD,
	QUOTES,
	FILES,
	COMMANDS,
	RELOADED,
	NOT_RELOADED,
	LAST_LOADED,
	LAST_TIME,
	SEARCHES,
	INDEXED,
	COMMITS,
	COMMIT_SECONDS,
	WRITES,
	FAILURES,
	CPU,
	STARTED,
	RESIDENT,
	VIRTUAL,
	OPEN_FILES,
	MAX_FILES,
};

#define RELOADS                                                                                    \
	"quoted_reloads_total", METRICS_TYPE_COUNTER,                                              \
		"Reloads of the quotes, alone or with the configuration, by result"

static const struct metrics_row rows[] = {
	[BUILD] = {"quoted_build_info", METRICS_TYPE_GAUGE, "Always 1; the version is a label",
		"version=\"" QUOTED_VERSION "\""},
	[QUOTES] = {"quoted_quotes", METRICS_TYPE_GAUGE, "Quotes that are served", NULL},
	[FILES] = {"quoted_files", METRICS_TYPE_GAUGE, "Files that they are from", NULL},
	[COMMANDS] = {"quoted_commands", METRICS_TYPE_GAUGE, "Commands that give quotes", NULL},
	[RELOADED] = {RELOADS, "result=\"success\""},
	[NOT_RELOADED] = {RELOADS, "result=\"failure\""},
	[LAST_LOADED] = {"quoted_last_reload_successful", METRICS_TYPE_GAUGE,
		"1 if the last load or reload succeeded, else 0", NULL},
	[LAST_TIME] = {"quoted_last_reload_timestamp_seconds", METRICS_TYPE_GAUGE,
		"When the quotes that are served were loaded, in seconds since 1970", NULL},
	[SEARCHES] = {"quoted_searches_waiting", METRICS_TYPE_GAUGE,
		"Searches that run or wait for their turn", NULL},
	[INDEXED] = {"quoted_search_index_ready", METRICS_TYPE_GAUGE,
		"1 if there is a search index, 0 while the first one is built", NULL},
	[COMMITS] = {"quoted_store_commits_total", METRICS_TYPE_COUNTER,
		"Transactions of the store; the writes that wait share one", NULL},
	[COMMIT_SECONDS] = {"quoted_store_commit_seconds_total", METRICS_TYPE_COUNTER,
		"Seconds that these took, until they were on disk", NULL},
	[WRITES] = {"quoted_store_writes_total", METRICS_TYPE_COUNTER,
		"Writes that front ends had the store do", NULL},
	[FAILURES] = {"quoted_store_failures_total", METRICS_TYPE_COUNTER,
		"Writes of which nothing was kept", NULL},
	[CPU] = {"process_cpu_seconds_total", METRICS_TYPE_COUNTER,
		"Seconds of processor time, of user and system", NULL},
	[STARTED] = {"process_start_time_seconds", METRICS_TYPE_GAUGE,
		"When the process started, in seconds since 1970", NULL},
	[RESIDENT] = {"process_resident_memory_bytes", METRICS_TYPE_GAUGE,
		"Octets of memory that are resident", NULL},
	[VIRTUAL] = {"process_virtual_memory_bytes", METRICS_TYPE_GAUGE, "Octets of address space",
		NULL},
	[OPEN_FILES] = {"process_open_fds", METRICS_TYPE_GAUGE, "Descriptors that are open", NULL},
	[MAX_FILES] = {"process_max_fds", METRICS_TYPE_GAUGE, "Descriptors that may be open", NULL},
	{.name = NULL},
};

/* Without the descriptor that counts the others. */
static double count_files(void)
{
	double count = -1;
	DIR *directory = opendir("/proc/self/fd");
	if (directory == NULL)
		return 0;
	for (const struct dirent *entry; (entry = readdir(directory)) != NULL;)
		count += entry->d_name[0] != '.';
	closedir(directory);
	return count;
}

static double seconds_of(struct timeval time)
{
	static const double us_a_second = 1e6;
	return (double)time.tv_sec + (double)time.tv_usec / us_a_second;
}

static void set_memory(struct metrics *metrics)
{
	double page = (double)sysconf(_SC_PAGESIZE);
	char line[128];
	char *end;
	FILE *file = fopen("/proc/self/statm", "re");
	if (file == NULL)
		return;
	if (fgets(line, sizeof line, file) != NULL) {
		metrics_set(metrics, VIRTUAL, (double)strtoul(line, &end, 10) * page);
		metrics_set(metrics, RESIDENT, (double)strtoul(end, NULL, 10) * page);
	}
	fclose(file);
}

static void set_system(struct metrics *metrics)
{
	struct rusage usage;
	struct rlimit files;
	set_memory(metrics);
	metrics_set(metrics, OPEN_FILES, count_files());
	if (getrusage(RUSAGE_SELF, &usage) == 0)
		metrics_set(metrics, CPU, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
	if (getrlimit(RLIMIT_NOFILE, &files) == 0)
		metrics_set(metrics, MAX_FILES, (double)files.rlim_cur);
}

static void set_store(struct metrics *metrics, const struct store_counts *counts)
{
	metrics_set(metrics, COMMITS, (double)counts->commits);
	metrics_set(metrics, COMMIT_SECONDS, counts->seconds);
	metrics_set(metrics, WRITES, (double)counts->writes);
	metrics_set(metrics, FAILURES, (double)counts->failures);
}

static void on_write(void *data)
{
	const struct process_metrics *process = data;
	struct metrics *metrics = process->metrics;
	const struct library *library = quoter_library(process->quoter);
	const struct keeper_loads *loads = keeper_loads(process->keeper);
	metrics_set(metrics, QUOTES, (double)quoter_count(process->quoter));
	metrics_set(metrics, FILES, (double)library->file_count);
	metrics_set(metrics, COMMANDS, collections_count_commands(library->collections));
	metrics_set(metrics, RELOADED, (double)loads->succeeded);
	metrics_set(metrics, NOT_RELOADED, (double)loads->failed);
	metrics_set(metrics, LAST_LOADED, !loads->last_failed);
	metrics_set(metrics, LAST_TIME, (double)loads->last);
	metrics_set(metrics, SEARCHES, (double)searcher_pending(process->searcher));
	metrics_set(metrics, INDEXED, searcher_is_ready(process->searcher));
	set_store(metrics, store_counts(process->store));
	set_system(metrics);
}

void process_metrics_init(struct process_metrics *process, struct metrics_registry *registry)
{
	process->metrics = metrics_registry_open(registry, NULL, rows);
	metrics_set(process->metrics, BUILD, 1);
	metrics_set(process->metrics, STARTED, (double)time(NULL));
	metrics_on_write(process->metrics, on_write, process);
}
