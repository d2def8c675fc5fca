#include "core/sources/file_source.h"

#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>

#include "core/library/library_weed.h"
#include "tests/support/scratch.h"

static struct collections none = {.references = 1};

/* Loads a spec and returns "ID QUOTE|" for each quote and "[SENTENCE]" for each warning and error.
 */
static const char *load(const char *spec, const char *charset, struct buffer *out)
{
	char *declared = (char *)charset;
	const struct collection collection = {.charset = declared};
	struct library *library = library_create(&none);
	struct strings warnings = {0};
	struct error error = {0};
	struct loader loader = {
		.library = library, .collection = &collection, .warnings = &warnings};
	const char *name;
	source_load *source = source_find(spec, &name, &error);
	buffer_clear(out);
	buffer_add(out, "");
	if (source == NULL || !source(name, &loader, &error))
		buffer_format(out, "[%s]", error.text);
	for (uint32_t i = 0; i < library->store.count; i++) {
		struct quote quote = quote_store_get(&library->store, i);
		buffer_format(out, "%jx %s|%.*s|", (uintmax_t)quote.id, quote.text,
			(int)quote.author_length, quote.author != NULL ? quote.author : "");
	}
	for (size_t i = 0; i < warnings.count; i++)
		buffer_format(out, "[%s]", warnings.items[i]);
	strings_finish(&warnings);
	library_release(library);
	return out->data;
}

static void write_text(const char *name, const char *text)
{
	scratch_write(name, text, strlen(text));
}

Test(file_source, gives_the_same_quotes_in_every_format, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const char *const files[][2] = {
		{"json:json",
			"[{\"text\": \"Hello,\\n\\\"you\\\" there\", \"author\": \"Bob Hope\"},"
			"\"caf\\u00e9\", {\"by\": \"Ann\", \"quote\": \"World\"}]"},
		{"json:jsonl",
			"{\"author\": \"Bob Hope\", \"content\": \"Hello,\\n\\\"you\\\" there\"}\n"
			"\"caf\u00e9\"\n{\"body\": \"World\", \"source\": \"Ann\"}\n"},
		{"csv:csv",
			"Text,Author\r\n\"Hello,\r\n\"\"you\"\" there\",Bob Hope\r\ncaf\u00e9,\r\n"
			"World,Ann\r\n"},
		{"csv:semicolons",
			"author;quote\n\"Bob Hope\";\"Hello,\n\"\"you\"\" there\"\n;caf\u00e9\n"
			"Ann;World\n"},
		{"csv:tabs", "\"Hello,\n\"\"you\"\" there\"\tBob Hope\ncaf\u00e9\nWorld\tAnn\n"},
	};
	struct buffer expected = {0}, out = {0};
	write_text("fortune", "Hello,\n\"you\" there\n\t\t-- Bob Hope\n%\ncaf\u00e9\n%\nWorld\n"
			      "\t\t-- Ann\n");
	load("fortune:fortune", NULL, &expected);
	cr_assert_not_null(strstr(expected.data, "|Bob Hope|"));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		write_text(strchr(files[i][0], ':') + 1, files[i][1]);
		cr_expect_str_eq(load(files[i][0], NULL, &out), expected.data, "%s: %s",
			files[i][0], out.data);
	}
	write_text("fortune", "caf\u00e9\n%\nHello -- Bob\n");
	load("fortune:fortune", NULL, &expected);
	write_text("lines", "# mine\ncaf\u00e9\n\nHello -- Bob\n");
	cr_expect_str_eq(load("lines:lines", NULL, &out), expected.data, "%s", out.data);
	buffer_finish(&expected);
	buffer_finish(&out);
}

Test(file_source, reads_nothing_if_it_only_looks, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const specs[] = {
		"fortune:.", "fortune:f", "lines:f", "json:f", "csv:f", "static:f"};
	const struct collection collection = {.name = NULL};
	struct strings warnings = {0};
	write_text("f", "[\"one\"]\n%\n");
	for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
		struct error error;
		const char *name;
		struct loader loader = {.library = library_create(&none),
			.collection = &collection,
			.warnings = &warnings,
			.only_looks = true};
		source_find(specs[i], &name, &error)(name, &loader, &error);
		cr_expect_eq(loader.library->file_count, 0, "%s", specs[i]);
		cr_expect_eq(loader.library->fingerprint != 0, strcmp(specs[i], "static:f") != 0,
			"%s", specs[i]);
		library_release(loader.library);
	}
	cr_expect_eq(warnings.count, 0);
	strings_finish(&warnings);
}

Test(file_source, takes_the_charset_of_the_collection, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const files[][2] = {{"lines:f", "caf\xE9\n"},
		{"json:f", "[\"caf\xE9\"]"}, {"csv:f", "quote\ncaf\xE9\n"}};
	struct buffer out = {0};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		write_text("f", files[i][1]);
		cr_expect_not_null(strstr(load(files[i][0], NULL, &out), "caf\u00e9"));
		cr_expect_not_null(strstr(load(files[i][0], "ISO-8859-7", &out), "caf\u03b9"));
	}
	buffer_finish(&out);
}

Test(file_source, says_what_cannot_be_read, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const rows[][2] = {
		{"lines:none", "[lines:none: No such file or directory]"},
		{"csv:directory", "[csv:directory: is a directory, not a file]"},
		{"json:bad", "[json:bad:2: the array has no end]"},
		{"fortune:bad", "f8dd5d6a7f28ef0 [\"one\",||[bad looks like JSON: use json:bad]"},
		{"yaml:f", "[no such source 'yaml:'; write static:TEXT, fortune:PATH, lines:PATH, "
			   "json:PATH, csv:PATH or command:ARGV]"},
		{"jso:f", "[no such source 'jso:'; did you mean 'json:'?]"},
	};
	struct buffer out = {0};
	cr_assert_eq(mkdir("directory", 0700), 0);
	write_text("bad", "[\"one\",\n");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_str_eq(load(rows[i][0], NULL, &out), rows[i][1], "%s", out.data);
	buffer_finish(&out);
}

Test(file_source, says_that_a_file_is_in_no_such_format, .init = scratch_enter,
	.fini = scratch_leave)
{
	static const char *const rows[][2] = {
		{"lines:f.html", "[f.html looks like HTML; save it as UTF-8 text, JSON or CSV]"},
		{"csv:f.html", "[f.html looks like HTML; save it as UTF-8 text, JSON or CSV]"},
		{"json:f.html", "[f.html looks like HTML; save it as UTF-8 text, JSON or CSV]"},
		{"csv:book.csv", "[csv:book.csv: is not text; leave it out of the quotes]"},
		{"lines:book.csv", "[lines:book.csv: is not text; leave it out of the quotes]"},
		{"json:book.csv", "[json:book.csv: is not text; leave it out of the quotes]"},
		{"lines:stray",
			"[stray: has control characters that no text has, and may be damaged; "
			"remove them]"},
		{"csv:wide", "[csv:wide looks like UTF-16 without a byte order mark; save it as "
			     "UTF-8 text, JSON or CSV]"},
	};
	struct buffer out = {0};
	write_text("f.html", "<!DOCTYPE html>\n<title>404, not here</title>\n");
	scratch_write("book.csv", "PK\3\4\24\0\6\0\b,\0\0!\0\n\xA5t\nabcd", 22);
	scratch_write("stray", "An apple a day\0\nTwo pears\n", 26);
	scratch_write("wide", "t\0e\0x\0t\0\n\0a\0", 12);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_not_null(
			strstr(load(rows[i][0], NULL, &out), rows[i][1]), "%s", out.data);
	write_text("f.html", "quote,author\n<html> is a tag,Bob\n");
	cr_expect_null(strchr(load("csv:f.html", NULL, &out), '['), "%s", out.data);
	buffer_finish(&out);
}

Test(file_source, keeps_what_is_left_if_it_is_cancelled, .init = scratch_enter,
	.fini = scratch_leave)
{
	atomic_bool cancel = true;
	struct collection collection = {0};
	struct library *library = library_create(&none);
	struct strings warnings = {0};
	struct error error = {0};
	struct loader loader = {.library = library,
		.collection = &collection,
		.warnings = &warnings,
		.cancel = &cancel};
	write_text("f", "[\"one\"]");
	cr_expect_not(file_source_load(FORMAT_JSON, &loader, "f", &error));
	cr_expect_str_eq(error.text, "f: Operation canceled");
	cr_expect_eq(library->store.count, 0);
	library_release(library);
}

Test(file_source, guesses_the_format_of_a_file, .init = scratch_enter, .fini = scratch_leave)
{
	write_text("f.json", "[\"one\"]");
	cr_expect_eq(file_source_guess("f.json"), FORMAT_JSON);
	scratch_write("f", "\xFF\xFE[\0\"\0a\0\"\0]\0", 12);
	cr_expect_eq(file_source_guess("f"), FORMAT_JSON, "UTF-16");
	cr_expect_eq(file_source_guess("none"), FORMAT_FORTUNE);
	cr_expect_eq(file_source_guess("."), FORMAT_FORTUNE);
}

Test(file_source, looks_at_its_file, .init = scratch_enter, .fini = scratch_leave)
{
	struct collection collection = {.name = "quotes"};
	struct collections collections = {.items = &collection, .count = 1, .references = 1};
	struct strings watched = {0};
	strings_add(&collection.sources, "json:f");
	write_text("f", "[\"one\"]");
	uint64_t before = loader_look(&collections, &watched);
	cr_expect_eq(loader_look(&collections, NULL), before);
	write_text("f", "[\"two!\"]");
	cr_expect_neq(loader_look(&collections, NULL), before);
	cr_assert_gt(watched.count, 0);
	cr_expect_str_eq(watched.items[0], "./f");
	strings_finish(&collection.sources);
	strings_finish(&watched);
}

Test(file_source, keeps_the_ids_of_another_program, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const ids[] = {"17", "b-2", "-3"};
	struct collection collection = {0};
	struct strings warnings = {0};
	struct error error = {0};
	uint64_t id;
	struct library *library = library_create(&none);
	struct loader loader = {
		.library = library, .collection = &collection, .warnings = &warnings};
	write_text("json", "[{\"Id\": 17, \"text\": \"one\"}, {\"id\": null, \"text\": \"x\"}]");
	write_text("csv", "text,ID\ntwo,b-2\nthree, -3\nfour,\n");
	cr_assert(file_source_load(FORMAT_JSON, &loader, "json", &error));
	cr_assert(file_source_load(FORMAT_CSV, &loader, "csv", &error));
	/* Read again in another charset, and refused: their ids go with their quotes. */
	write_text("latin", "[{\"id\": \"-3\", \"text\": \"caf\xE9\"}]");
	write_text("bad", "[{\"id\": \"gone\", \"text\": \"four\"}, {]");
	cr_assert(file_source_load(FORMAT_JSON, &loader, "latin", &error));
	cr_assert_not(file_source_load(FORMAT_JSON, &loader, "bad", &error));
	notes_sort(&library->notes);
	cr_expect_not(notes_find_former_id(&library->notes, "gone", 0, &id));
	cr_expect_eq(library->notes.count, 1 + sizeof ids / sizeof *ids);
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		cr_expect(notes_find_former_id(&library->notes, ids[i], 0, &id), "%s", ids[i]);
	library_release(library);
}

Test(file_source, keeps_tags, .init = scratch_enter, .fini = scratch_leave)
{
	static const char *const files[][2] = {
		{"json", "[\"none\", {\"tags\": [\"One\", 2, \"two words\"], \"text\": \"a\"},"
			 "{\"Tags\": \"x, y\", \"text\": \"b\"},"
			 "{\"tags\": [], \"text\": \"c\"}, {\"tags\": {}, \"text\": \"d\"}]"},
		{"csv", "tags,text\n,e\n\"x, y;z\",f\nother,a\nlate,none\n"},
		/* Read again in another charset. */
		{"latin", "[{\"tags\": \"x\", \"text\": \"g\"}, {\"tags\": \"caf\xE9\", \"text\": "
			  "\"h\"}]"},
	};
	static const char *const tags[] = {
		"late", "One,two words", "x,y", NULL, NULL, NULL, "x,y,z", "x", "caf\u00e9"};
	struct collection collection = {0};
	struct strings warnings = {0};
	struct error error = {0};
	struct library *library = library_create(&none);
	struct loader loader = {
		.library = library, .collection = &collection, .warnings = &warnings};
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		enum format format = strcmp(files[i][0], "csv") == 0 ? FORMAT_CSV : FORMAT_JSON;
		write_text(files[i][0], files[i][1]);
		cr_assert(file_source_load(format, &loader, files[i][0], &error));
	}
	library_weed(library, &warnings);
	cr_assert_eq(library->store.count, sizeof tags / sizeof tags[0]);
	for (uint32_t i = 0; i < library->store.count; i++) {
		struct quote quote = library_quote(library, i);
		cr_assert_eq(quote.tags != NULL, tags[i] != NULL, "%s", quote.text);
		cr_expect_str_eq(quote.tags != NULL ? quote.tags : "",
			tags[i] != NULL ? tags[i] : "", "%s", quote.text);
	}
	cr_expect_eq(library->notes.count, 7);
	strings_finish(&warnings);
	library_release(library);
}
