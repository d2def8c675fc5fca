#include "config/options_apply.h"

#include <string.h>

#include <criterion/criterion.h>

struct wire_options {
	struct strings listen;
	struct strings udp;
	long qotd_port;
	char *base_url;
	struct strings collections;
};

#define AT(field) offsetof(struct wire_options, field)

static const struct setting wire_settings[] = {
	{"listen", SETTING_TYPE_STRINGS, AT(listen), "{\"[::1]:1717\", \"unix:/a:1\"}", 0, 0,
		.help = ""},
	{"udp", SETTING_TYPE_STRINGS, AT(udp), "{\"localhost:1717\"}", 0, 0, .help = ""},
	{"qotd_port", SETTING_TYPE_INTEGER, AT(qotd_port), "0", 0, 65535, .help = ""},
	{"base_url", SETTING_TYPE_STRING, AT(base_url), "", 0, 0, .help = ""},
	{"collections", SETTING_TYPE_STRINGS, AT(collections), "{}", 0, 0, .help = ""},
	{0},
};

static const struct config_schema schemas[] = {
	{"qotd", wire_settings, sizeof(struct wire_options)},
	{"web", wire_settings, sizeof(struct wire_options)},
	{NULL, NULL, 0},
};

static struct config read_config(const char *text)
{
	struct config config;
	struct strings problems = {0};
	cr_assert(config_parse("x", text, strlen(text), schemas, &config, &problems));
	return config;
}

Test(options_apply, goes_before_the_configuration)
{
	struct config config =
		read_config("quotes = {\"static:a\", \"static:b\"} qotd \"x\" {}"
			    "web \"y\" { qotd_port = 1717 collections = {\"gone\"} } web \"z\" {}");
	struct common_options options = {0};
	struct error error = {0};
	strings_add(&options.quotes, "static:new");
	options_apply_quotes(&options, schemas, &config);
	cr_assert(options_apply_port(2000, &config, &error), "%s", error.text);
	const struct wire_options *qotd = config.sections[0].options;
	const struct wire_options *web = config.sections[1].options;
	const struct wire_options *silent = config.sections[2].options;
	cr_expect_str_eq(qotd->listen.items[0], "[::1]:2000");
	cr_expect_str_eq(qotd->listen.items[1], "unix:/a:1");
	cr_expect_str_eq(qotd->udp.items[0], "localhost:2000");
	cr_expect_str_eq(web->listen.items[0], "[::1]:1717");
	cr_expect_eq(web->qotd_port, 2000);
	cr_expect_eq(web->collections.count, 0);
	cr_expect_eq(silent->qotd_port, 0, "a page without the hint stays so");
	cr_expect_eq(config.daemon.quotes.count, 1);
	cr_expect_str_eq(config.daemon.quotes.items[0], "static:new");
	common_options_finish(&options);
	config_finish(&config);
}

Test(options_apply, tells_the_page_where_it_is_if_there_is_no_configuration_file)
{
	struct config config;
	struct common_options options = {0};
	struct strings problems = {0};
	cr_assert(options_apply_read(&options, schemas, &config, &problems));
	cr_assert_eq(config.section_count, 2);
	const struct wire_options *qotd = config.sections[0].options;
	const struct wire_options *web = config.sections[1].options;
	cr_expect_eq(qotd->qotd_port, 0);
	cr_expect_eq(web->qotd_port, 1717);
	cr_expect_str_eq(web->base_url, "http://localhost:8017");
	config_finish(&config);
}

Test(options_apply, refuses_a_port_for_none_or_several)
{
	static const struct {
		const char *text;
		const char *error;
	} rows[] = {
		{"web \"y\" {}", "--port needs exactly one qotd section; the configuration has 0"},
		{"qotd \"x\" {} qotd \"y\" {}",
			"--port needs exactly one qotd section; the configuration has 2"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct config config = read_config(rows[i].text);
		struct error error = {0};
		cr_expect_not(options_apply_port(17, &config, &error));
		cr_expect_str_eq(error.text, rows[i].error);
		config_finish(&config);
	}
}
