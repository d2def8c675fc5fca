#include "config/installed_quotes.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "config/collection_settings.h"
#include "core/library/collection.h"
#include "tests/support/scratch.h"

static const struct config_schema schemas[] = {
	{COLLECTION_SETTINGS_NAME, collection_settings, sizeof(struct collection)},
	{NULL, NULL, 0},
};

static struct config read_config(const char *text)
{
	struct config config;
	struct strings problems = {0};
	cr_assert(config_parse("x", text, strlen(text), schemas, &config, &problems), "%s",
		problems.count > 0 ? problems.items[0] : "");
	return config;
}

static struct library *load(const struct config *config, struct error *reterr)
{
	struct strings warnings = {0}, problems = {0};
	struct library *library =
		installed_quotes_load(config, &(struct loader){.warnings = &warnings}, &problems);
	if (problems.count > 0) {
		error_set(reterr, "%s", problems.items[0]);
		library_release(library);
		library = NULL;
	}
	strings_finish(&warnings);
	strings_finish(&problems);
	return library;
}

Test(installed_quotes, are_those_configured, .init = scratch_enter, .fini = scratch_leave)
{
	struct error error = {0};
	scratch_write("file", "one\n%\ntwo\n", 10);
	struct config config = read_config(
		"quotes = {\"static:a\", \"fortune:file\"} equal = true "
		"collection \"staff\" { sources = {\"static:b\"} private = true weight = 3 }");
	struct library *library = load(&config, &error);
	cr_assert_not_null(library, "%s", error.text);
	/* They are copies. */
	config_finish(&config);
	const struct collections *collections = library->collections;
	cr_assert_eq(collections->count, 2);
	cr_expect(collections->equal);
	cr_expect_str_eq(collections->items[0].name, "quotes");
	cr_expect_eq(collections->items[0].sources.count, 2);
	cr_expect_not(collections->items[0].is_private);
	cr_expect_str_eq(collections->items[1].name, "staff");
	cr_expect(collections->items[1].is_private);
	cr_expect_eq(collections->items[1].weight, 3);
	cr_expect_eq(library->store.count, 4);
	library_release(library);
}

Test(installed_quotes, say_what_cannot_be_loaded)
{
	struct error error = {0};
	struct config config = read_config("quotes = {\"fortune:/nowhere\"}");
	cr_expect_null(load(&config, &error));
	cr_expect_str_eq(error.text, "quotes: fortune:/nowhere: No such file or directory", "%s",
		error.text);
	config_finish(&config);
}

/* Debian's package fortunes has these. */
Test(installed_quotes, are_the_systems_if_none_are_configured)
{
	static const char directory[] = "/usr/share/games/fortunes";
	struct error error = {0};
	struct config config = read_config("");
	cr_assert_eq(access(directory, R_OK), 0, "install the package fortunes");
	struct library *library = load(&config, &error);
	cr_assert_not_null(library, "%s", error.text);
	cr_expect_gt(library->file_count, 10);
	cr_expect_eq(strncmp(library->files[0].path, directory, strlen(directory)), 0, "%s",
		library->files[0].path);
	library_release(library);
	config_finish(&config);
}

Test(installed_quotes, are_found_by_name)
{
	static const struct {
		const char *name;
		const char *path; /* below the directory; NULL: there is none */
	} rows[] = {
		{"literature", "/literature"},
		{"all", ""},
		{"all-o", "/off"},
		{"zuse-o", "/off/zuse-o"},
		{"es/off", "/es/off"},
		{"no-such-fortunes", NULL},
		{"no-such-o", NULL},
		{"-o", NULL},
		{"./literature", NULL},
		{"/literature", NULL},
		{"..", NULL},
		{"", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *path = installed_quotes_find(rows[i].name);
		cr_expect_eq(path == NULL, rows[i].path == NULL, "%s", rows[i].name);
		if (path != NULL && rows[i].path != NULL)
			cr_expect_str_eq(path + strlen("/usr/share/games/fortunes"), rows[i].path);
		free(path);
	}
}
