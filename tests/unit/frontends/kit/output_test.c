#include "frontends/kit/output.h"

#include <errno.h>
#include <stdlib.h>

#include <criterion/criterion.h>

Test(output, writes_until_it_fails)
{
	struct output full = {.file = fopen("/dev/full", "w")};
	struct output null = {.file = fopen("/dev/null", "w")};
	struct error error = {.text = ""};
	output_add(&null, "a");
	output_format(&null, "%d", 1);
	cr_expect(output_flush(&null, &error));
	cr_expect_eq(null.failure, 0);
	output_add(&full, "a");
	cr_expect_not(output_flush(&full, &error));
	cr_expect_str_eq(error.text, "standard output: No space left on device");
	cr_expect_eq(full.failure, ENOSPC);
	output_add(&full, "b");
	cr_expect_not(output_flush(&full, &error), "it remembers");
	fclose(full.file);
	fclose(null.file);
}

Test(output, shows_foreign_text_and_times)
{
	char *text = NULL;
	size_t length;
	struct error error;
	struct output out = {.file = open_memstream(&text, &length)};
	struct json_writer *object = json_writer_object();
	setenv("TZ", "UTC-2", 1);
	tzset();
	output_foreign(&out, "");
	output_foreign(&out, "\x1B[2J ");
	output_line(&out, "%s%d", "a\nb", 7);
	json_writer_text(object, "a", "b");
	output_json(&out, object);
	output_time(&out, 86399);
	cr_assert(output_flush(&out, &error));
	cr_expect_str_eq(text, "\\x1B[2J a\\x0Ab7\n{\"a\":\"b\"}\n1970-01-02 01:59:59");
	fclose(out.file);
	free(text);
}
