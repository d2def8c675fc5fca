#include "core/sources/fortune_source.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "core/sources/file_source.h"
#include "core/sources/loader.h"
#include "tests/support/scratch.h"

/* What strfile -x writes for two quotes. */
static const char rotated_header[36] = {
	[3] = 2, [7] = 2, [19] = 4, [20] = '%', [31] = 8, [35] = 14};

static void write_text(const char *name, const char *text)
{
	scratch_write(name, text, strlen(text));
}

static const struct collection plain = {0};
static struct collections none = {.references = 1};

static struct library *create_library(void)
{
	return library_create(&none);
}

static bool load(const char *name, const struct collection *collection, struct library *library,
	struct strings *warnings, struct error *reterr)
{
	struct loader loader = {.library = library, .collection = collection, .warnings = warnings};
	return fortune_source_load(name, &loader, reterr);
}

/* Compares the quotes, joined by blanks. */
static void check_load(const char *name, const char *expected, size_t warning_count)
{
	struct library *library = create_library();
	struct strings warnings = {0};
	struct error error = {0};
	struct buffer loaded = {0};
	cr_assert(load(name, &plain, library, &warnings, &error), "%s", error.text);
	for (uint32_t i = 0; i < library->store.count; i++)
		buffer_format(&loaded, "%s ", quote_store_get(&library->store, i).text);
	cr_assert_str_eq(
		loaded.length > 0 ? loaded.data : "", expected, "%s: %s", name, loaded.data);
	cr_assert_eq(warnings.count, warning_count, "%s: %zu warnings", name, warnings.count);
	buffer_finish(&loaded);
	strings_finish(&warnings);
	library_release(library);
}

static void check_refusal(const char *name, const char *reason)
{
	struct library *library = create_library();
	struct strings warnings = {0};
	struct error error = {0};
	cr_assert_not(load(name, &plain, library, &warnings, &error), "%s", name);
	cr_assert_str_eq(error.text, reason);
	cr_assert_eq(library->store.count, 0);
	strings_finish(&warnings);
	library_release(library);
}

Test(fortune_source, reads_a_named_file, .init = scratch_enter, .fini = scratch_leave)
{
	mkdir("off", 0700);
	write_text("plain", "one\n%\ntwo\n");
	write_text("rude-o", "rude\n");
	write_text("program.c", "code\n");
	write_text(".hidden", "hidden\n");
	write_text("off/one", "off\n%\n");
	write_text("off/two-o", "two\n%\n");
	write_text("latin", "caf\xE9\n");
	write_text("marked", "\xEF\xBB\xBFmark\n");
	write_text("nothing", "%\n\n%\n");
	cr_assert_eq(symlink("plain", "link"), 0);
	static const struct {
		const char *name, *loaded;
		size_t warnings;
	} rows[] = {
		{"plain", "one two ", 0},
		{"./plain", "one two ", 0},
		{"link", "one two ", 0},
		{"rude-o", "rude ", 0},
		{"program.c", "code ", 0},
		{".hidden", "hidden ", 0},
		{"off/one", "off ", 0},
		{"off", "off two ", 0},
		{"off//", "off two ", 0},
		{"latin", "caf\u00e9 ", 0},
		{"marked", "mark ", 0},
		{"nothing", "", 1},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_load(rows[i].name, rows[i].loaded, rows[i].warnings);
}

Test(fortune_source, refuses_what_is_not_a_file, .init = scratch_enter, .fini = scratch_leave)
{
	write_text("file", "one\n");
	cr_assert_eq(mkfifo("fifo", 0600), 0);
	cr_assert_eq(symlink("loop", "loop"), 0);
	cr_assert_eq(symlink("nowhere", "dangling"), 0);
	check_refusal("fifo", "fortune:fifo: is a FIFO, not a file");
	check_refusal("loop", "fortune:loop: Too many levels of symbolic links");
	check_refusal("dangling", "fortune:dangling: No such file or directory");
	check_refusal("file/one", "fortune:file/one: Not a directory");
	check_refusal("", "fortune:: No such file or directory");
}

Test(fortune_source, reads_a_directory, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const skipped[] = {".hidden", "a-o", "a.dat", "a.pos", "a.c", "a.h",
		"a.p", "a.i", "a.f", "a.pas", "a.ftn", "a.sml", "a.u8", "off/a", "deep/a"};
	mkdir("off", 0700);
	mkdir("deep", 0700);
	for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
		write_text(skipped[i], "bad\n%\n");
	write_text("b", "second\n%\n");
	write_text("a", "first\n%\n");
	write_text("B", "upper\n%\n");
	write_text("a.txt", "text\n%\n");
	cr_assert_eq(symlink("a", "link"), 0);
	cr_assert_eq(symlink("off", "link_to_directory"), 0);
	check_load(".", "upper first text second first ", 1);
	check_load("deep/", "bad ", 0);
}

Test(fortune_source, skips_unreadable_files_of_a_directory, .init = scratch_enter,
	.fini = scratch_leave, .timeout = 20)
{
	cr_assert_eq(mkfifo("fifo", 0600), 0);
	cr_assert_eq(symlink("loop", "loop"), 0);
	cr_assert_eq(symlink("nowhere", "dangling"), 0);
	cr_assert_eq(symlink("/dev/zero", "zero"), 0);
	write_text("below", "one\n%\n");
	cr_assert_eq(symlink("below/it", "not_a_directory"), 0);
	scratch_write("empty", "", 0);
	check_load(".", "one ", 5);
}

Test(fortune_source, undoes_rot13, .init = scratch_enter, .fini = scratch_leave)
{
	char unrotated[sizeof rotated_header];
	memcpy(unrotated, rotated_header, sizeof unrotated);
	unrotated[19] = 0;
	static const char *const names[] = {"rotated", "plain", "short", "without", "rude-o"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		write_text(names[i], "uryyb\n%\nJbeyq\n");
	scratch_write("rotated.dat", rotated_header, sizeof rotated_header);
	scratch_write("rude-o.dat", rotated_header, sizeof rotated_header);
	scratch_write("plain.dat", unrotated, sizeof unrotated);
	scratch_write("short.dat", rotated_header, sizeof rotated_header - 1);
	check_load("rotated", "hello World ", 0);
	check_load("rude-o", "hello World ", 0);
	check_load("plain", "uryyb Jbeyq ", 0);
	check_load("short", "uryyb Jbeyq ", 1);
	check_load("without", "uryyb Jbeyq ", 0);
}

/* Loads the collections in place of \p before, which is freed. */
static struct library *load_again(
	struct collections *collections, struct library *before, struct error *reterr)
{
	struct strings warnings = {0};
	struct library *library = loader_load(
		&(struct loader){.warnings = &warnings, .before = before}, collections, reterr);
	strings_finish(&warnings);
	library_release(before);
	return library;
}

Test(fortune_source, fails_if_a_served_file_becomes_unreadable, .init = scratch_enter,
	.fini = scratch_leave)
{
	struct collection collection = {.name = "quotes"};
	struct collections collections = {.items = &collection, .count = 1, .references = 1};
	struct error error;
	strings_add(&collection.sources, "fortune:.");
	write_text("a", "first\n%\n");
	write_text("b", "second\n%\n");
	cr_assert_eq(mkfifo("never", 0600), 0);
	struct library *library = load_again(&collections, NULL, &error);
	cr_assert_eq(library->store.count, 2, "what was never readable is skipped");
	cr_assert_eq(unlink("a"), 0);
	library = load_again(&collections, library, &error);
	cr_assert_eq(library->store.count, 1, "a removed file is gone");
	write_text("a", "first\n%\n");
	library = load_again(&collections, library, &error);
	cr_assert_eq(library->store.count, 2);
	cr_assert_eq(unlink("a"), 0);
	cr_assert_eq(symlink("a", "a"), 0);
	struct strings warnings = {0};
	struct loader loader = {.warnings = &warnings, .before = library};
	cr_assert_null(loader_load(&loader, library->collections, &error));
	cr_assert_str_eq(error.text, "quotes: fortune:./a: Too many levels of symbolic links");
	cr_expect_eq(warnings.count, 0, "%s", warnings.count > 0 ? warnings.items[0] : "");
	library_release(library);
	strings_finish(&collection.sources);
}

Test(fortune_source, is_not_loaded_once_cancelled, .init = scratch_enter, .fini = scratch_leave)
{
	atomic_bool cancel = true;
	struct collection collection = {.name = "quotes"};
	struct collections collections = {.items = &collection, .count = 1, .references = 1};
	struct strings warnings = {0};
	struct error error;
	strings_add(&collection.sources, "fortune:.");
	write_text("a", "first\n%\n");
	struct library *library = load_again(&collections, NULL, &error);
	struct loader loader = {.warnings = &warnings, .before = library, .cancel = &cancel};
	cr_assert_null(loader_load(&loader, library->collections, &error));
	cr_assert_str_eq(error.text, "quotes: loading was cancelled");
	atomic_store(&cancel, false);
	struct library *next = loader_load(&loader, library->collections, &error);
	cr_assert_eq(next->store.count, 1);
	cr_assert_eq(warnings.count, 0);
	library_release(next);
	library_release(library);
	strings_finish(&collection.sources);
}

static bool cancel_soon(void *data, const char *text, size_t length, size_t line)
{
	(void)text, (void)length, (void)line;
	atomic_bool *cancel = data;
	atomic_store(cancel, true);
	return true;
}

Test(fortune_source, is_cancelled_in_the_middle_of_a_file, .init = scratch_enter,
	.fini = scratch_leave)
{
	atomic_bool cancel = false;
	struct file_report report;
	struct strings warnings = {0};
	struct quote_file file = {.path = "a",
		.report = &report,
		.warnings = &warnings,
		.cancel = &cancel,
		.on_quote = cancel_soon,
		.data = &cancel};
	struct error error;
	write_text("a", "first\n%\nsecond\n%\nthird\n");
	quote_file_set_chunk(8);
	cr_assert_not(file_source_read(FORMAT_FORTUNE, &file, &error));
	cr_assert_str_eq(error.text, "a: Operation canceled");
	cr_assert_eq(report.quotes, 1);
	quote_file_set_chunk(0);
}

Test(fortune_source, selects_names_by_patterns, .init = scratch_enter, .fini = scratch_leave)
{
	static const struct {
		const char *include[2], *exclude[2], *loaded;
	} rows[] = {
		{{NULL}, {NULL}, "apple bear beard cow "},
		{{"b*"}, {NULL}, "bear beard "},
		{{NULL}, {"b*"}, "apple cow "},
		{{"[ab]*", "cow"}, {"bear"}, "apple beard cow "},
		{{"bear"}, {"b*"}, ""},
		{{"?ow"}, {NULL}, "cow "},
	};
	static const char *const names[] = {"apple", "bear", "beard", "cow"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char text[16];
		snprintf(text, sizeof text, "%s\n%%\n", names[i]);
		write_text(names[i], text);
	}
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct collection collection = {0};
		struct library *library = create_library();
		struct strings warnings = {0};
		struct buffer loaded = {0};
		struct error error;
		buffer_add(&loaded, "");
		for (int j = 0; j < 2 && rows[i].include[j] != NULL; j++)
			strings_add(&collection.include, rows[i].include[j]);
		for (int j = 0; j < 2 && rows[i].exclude[j] != NULL; j++)
			strings_add(&collection.exclude, rows[i].exclude[j]);
		cr_assert(load(".", &collection, library, &warnings, &error));
		for (uint32_t j = 0; j < library->store.count; j++)
			buffer_format(&loaded, "%s ", quote_store_get(&library->store, j).text);
		cr_assert_str_eq(loaded.data, rows[i].loaded, "row %zu: %s", i, loaded.data);
		strings_finish(&collection.include);
		strings_finish(&collection.exclude);
		strings_finish(&warnings);
		buffer_finish(&loaded);
		library_release(library);
	}
}

/* Compares what is noted of the files that were passed over, joined by bars. */
static void check_passed_over(const char *name, const char *expected)
{
	struct library *library = create_library();
	struct strings warnings = {0};
	struct error error = {0};
	struct buffer passed = {0};
	buffer_add(&passed, "");
	static char language[] = "de";
	static const struct collection german = {.language = language};
	cr_assert(load(name, &german, library, &warnings, &error), "%s", error.text);
	for (size_t i = 0; i < library->passed_over.count; i++)
		buffer_format(&passed, "%s|", library->passed_over.items[i]);
	cr_expect_str_eq(passed.data, expected, "%s", passed.data);
	cr_expect_eq(warnings.count, 0);
	buffer_finish(&passed);
	strings_finish(&warnings);
	library_release(library);
}

Test(fortune_source, passes_over_what_is_not_quotes, .init = scratch_enter, .fini = scratch_leave)
{
	static const char table[32] = {[3] = 2, [7] = 1, [20] = '%', [31] = 4};
	mkdir("d", 0700);
	mkdir("d/.git", 0700);
	mkdir("d/de", 0700);
	write_text("d/jokes", "one\n%\ntwo\n");
	write_text("d/single", "one\n");
	scratch_write("d/single.dat", table, sizeof table);
	write_text("d/README.md", "Read me\n");
	write_text("d/Makefile", "all:\n\tstrfile jokes\n");
	write_text("d/notes.md", "a\n%\nb\n");
	write_text("d/jokes~", "one\n%\n");
	write_text("d/.jokes.swp", "one\n%\n");
	write_text("d/.git/index", "one\n%\n");
	write_text("d/de/jokes", "eins\n%\n");
	scratch_write("d/picture.png", "\x89PNG\r\n\x1A\n\0", 9);
	scratch_write("d/data", "a\0b\n%\n", 6);
	write_text("d/list.json", "[\"one\", \"two\"]\n");
	check_load("d", "one two one ", 0);
	check_passed_over("d", "d/Makefile: no delimiter lines|d/README.md: no delimiter lines|"
			       "d/data: not text|d/jokes~: a backup, by its name|"
			       "d/list.json: looks like JSON: use json:d/list.json|"
			       "d/notes.md: documentation, by its name|d/picture.png: not text|");
	check_passed_over("./d//", "./d/Makefile: no delimiter lines|"
				   "./d/README.md: no delimiter lines|./d/data: not text|"
				   "./d/jokes~: a backup, by its name|"
				   "./d/list.json: looks like JSON: use json:./d/list.json|"
				   "./d/notes.md: documentation, by its name|"
				   "./d/picture.png: not text|");
	check_load("d/notes.md", "a b ", 0);
	check_load("d/jokes~", "one ", 0);
	check_load("d/README.md", "Read me ", 0);
	check_passed_over("d/README.md", "");
}

Test(fortune_source, refuses_a_directory_without_quotes, .init = scratch_enter,
	.fini = scratch_leave)
{
	mkdir("d", 0700);
	check_refusal("d", "fortune:d: has no files of quotes");
	mkdir("d/de", 0700);
	mkdir("d/fr", 0700);
	write_text("d/README", "Read me\n");
	write_text("d/jokes.bak", "one\n%\n");
	check_refusal("d", "fortune:d: has no files of quotes; passed over: d/README: no delimiter "
			   "lines; d/jokes.bak: a backup, by its name; to read a directory in it, "
			   "write fortune:d/de");
	rmdir("d/de");
	rmdir("d/fr");
	for (char name[] = "d/f0"; name[3] < '7'; name[3]++)
		write_text(name, "one\n");
	check_refusal("d", "fortune:d: has no files of quotes; passed over: d/README: no delimiter "
			   "lines; d/f0: no delimiter lines; d/f1: no delimiter lines; d/f2: no "
			   "delimiter lines; d/f3: no delimiter lines; and 4 more");
}

/* Loading sees the same. */
static uint64_t look(void)
{
	struct collection collection = {.name = "quotes"};
	struct collections collections = {.items = &collection, .count = 1, .references = 1};
	strings_add(&collection.sources, "fortune:.");
	uint64_t fingerprint = loader_look(&collections, NULL);
	struct error error;
	struct library *library = load_again(&collections, NULL, &error);
	cr_expect_eq(library->fingerprint, fingerprint);
	library_release(library);
	strings_finish(&collection.sources);
	return fingerprint;
}

Test(fortune_source, notices_that_a_file_becomes_one_of_quotes, .init = scratch_enter,
	.fini = scratch_leave)
{
	write_text("a", "one\n%\n");
	write_text("b", "two\n");
	write_text("README", "Read me\n");
	uint64_t before = look();
	write_text("README", "Read me again\n");
	cr_expect_eq(look(), before);
	scratch_write("b.dat", rotated_header, sizeof rotated_header);
	uint64_t with_table = look();
	cr_expect_neq(with_table, before);
	write_text("b", "two\n%\n");
	cr_expect_neq(look(), with_table);
}
