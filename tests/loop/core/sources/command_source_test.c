#include "core/sources/command_source.h"

#include <criterion/criterion.h>
#include <unistd.h>

static struct collection make_collection(const char *spec)
{
	struct collection collection = {.timeout = 20, .max_bytes = 1000};
	strings_add(&collection.sources, spec);
	return collection;
}

Test(command_source, makes_a_quote_of_the_output, .timeout = 60)
{
	static const struct {
		const char *spec;
		const char *said; /* the text, or the error */
		bool runs;
	} rows[] = {
		{"command:echo 'An apple '", "An apple", true},
		{"command:printf '\\033[1ma\\tb\\033[0m\\r\\n'", "a       b", true},
		{"command:echo ' '", "command:echo: its output is empty", false},
		{"command:printf '\\377'", "command:printf: its output is not UTF-8", false},
		{"command:false", "command:false: exit status 1", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct collection collection = make_collection(rows[i].spec);
		struct buffer out = {0};
		struct error error = {0};
		bool runs = command_source_run(&collection, 0, &out, &error);
		cr_expect_eq(runs, rows[i].runs, "row %zu: %s", i, error.text);
		buffer_add(&out, "");
		cr_expect_str_eq(runs ? out.data : error.text, rows[i].said);
		cr_expect(runs || out.length == 0);
		buffer_finish(&out);
		strings_finish(&collection.sources);
	}
}

Test(command_source, keeps_to_the_limits_of_its_collection, .timeout = 60)
{
	struct collection collection = make_collection("command:sh -c 'echo 12345678; sleep 50'");
	struct buffer out = {0};
	struct error error = {0};
	collection.max_bytes = 8;
	cr_expect_not(command_source_run(&collection, 0, &out, &error));
	cr_expect_str_eq(error.text, "command:sh: wrote more than 8 octets; raise max_bytes");
	collection.max_bytes = 1000;
	collection.timeout = 1;
	cr_expect_not(command_source_run(&collection, 0, &out, &error));
	cr_expect_str_eq(error.text, "command:sh: took longer than 1 s; raise timeout");
	int pipes[2];
	cr_assert_eq(pipe(pipes), 0);
	cr_assert_eq(write(pipes[1], "x", 1), 1);
	collection.timeout = 50;
	cr_expect_not(command_source_run(&collection, pipes[0], &out, &error), "cancelled");
	close(pipes[0]);
	close(pipes[1]);
	buffer_finish(&out);
	strings_finish(&collection.sources);
}

Test(command_source, runs_nothing_to_load)
{
	struct loader loader = {0};
	struct error error = {0};
	cr_expect(command_source_load("/nowhere/x", &loader, &error));
	cr_expect_not(command_source_load("a 'b", &loader, &error));
	cr_expect_not(command_source_load(" ", &loader, &error));
	struct collection collection = make_collection("command:/nowhere/x");
	struct collections collections = {.items = &collection, .count = 1, .references = 1};
	struct strings watched = {0};
	cr_expect_eq(loader_look(&collections, &watched), 0);
	cr_expect_eq(watched.count, 0);
	strings_finish(&collection.sources);
}
