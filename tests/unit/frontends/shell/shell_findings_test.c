#include "frontends/shell/shell_findings.h"

#include <criterion/criterion.h>
#include <stdlib.h>

Test(shell_findings, are_counted_by_kind_and_file)
{
	char *printed;
	size_t size;
	char a[] = "a", b[] = "b", c[] = "c";
	struct library_file files[] = {
		{.path = a, .count = 3}, {.path = b, .count = 1, .duplicates = 2}, {.path = c}};
	const struct library library = {.files = files, .file_count = 3};
	struct shell_findings findings = {0};
	struct output out = {.file = open_memstream(&printed, &size)};
	shell_findings_add(&findings, 0, 4, "a tab");
	shell_findings_add(&findings, 0, 5, "a mark");
	shell_findings_add(&findings, 0, 6, "a tab");
	shell_findings_add(&findings, 1, 1, "a tab");
	shell_findings_print(&findings, &library, &out);
	shell_findings_print_json(&findings, &library, &out);
	fclose(out.file);
	cr_expect_str_eq(printed,
		"a tab: 3 in 2 files, first a:4\n"
		"a mark: 1 in 1 file, first a:5\n"
		"{\"path\":\"a\",\"quotes\":3,\"duplicates\":0,\"findings\":["
		"{\"what\":\"a tab\",\"count\":2,\"line\":4},"
		"{\"what\":\"a mark\",\"count\":1,\"line\":5}]}\n"
		"{\"path\":\"b\",\"quotes\":1,\"duplicates\":2,\"findings\":["
		"{\"what\":\"a tab\",\"count\":1,\"line\":1}]}\n"
		"{\"path\":\"c\",\"quotes\":0,\"duplicates\":0,\"findings\":[]}\n",
		"%s", printed);
	free(printed);
	shell_findings_finish(&findings);
	cr_expect_eq(findings.count, 0);
}
