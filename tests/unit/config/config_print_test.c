#include "config/config_print.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "config/collection_settings.h"

static const struct config_schema schemas[] = {
	{COLLECTION_SETTINGS_NAME, collection_settings, sizeof(struct collection_options)},
	{0},
};

static struct config parse(const char *text)
{
	struct config config;
	struct strings problems = {0};
	bool parsed = config_parse("x", text, strlen(text), schemas, &config, &problems);
	cr_assert(parsed, "%s", problems.count > 0 ? problems.items[0] : "");
	return config;
}

Test(config_print, gives_what_can_be_read_again)
{
	struct buffer first = {0}, second = {0};
	struct config config = parse("today_key = \"a \\\"b\\\" \\\\ \\n\\tc\" equal = yes\n"
				     "quotes = {\"static:x\", \"static:y\"} drain_timeout = 3\n"
				     "collection \"c.1\" { weight = 7 sources = {\"static:z\"} }");
	config_print(&config, &first);
	config_finish(&config);
	cr_expect_not_null(
		strstr(first.data, "quotes = {\"static:x\", \"static:y\"}\nequal = true\n"));
	cr_expect_not_null(strstr(first.data, "today_key = \"a \\\"b\\\" \\\\ \\n\\tc\"\n"));
	cr_expect_not_null(strstr(first.data, "\ncollection \"c.1\" {\n\tsources = {\"static:z\"}\n"
					      "\tweight = 7\n"));
	config = parse(first.data);
	config_print(&config, &second);
	cr_expect_str_eq(first.data, second.data);
	config_finish(&config);
	buffer_finish(&first);
	buffer_finish(&second);
}
