#include "config/config_tree.h"

#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/buffer.h"

static void print(const struct config_tree *tree, struct buffer *out)
{
	for (size_t i = 0; i < tree->count; i++) {
		const struct config_tree *part = &tree->parts[i];
		switch (part->kind) {
		case CONFIG_TREE_KIND_SECTION:
			buffer_format(out, "%s<%s>(", part->text,
				part->title != NULL ? part->title : "none");
			print(part, out);
			buffer_format(out, ")%d:%d ", part->line, part->column);
			break;
		case CONFIG_TREE_KIND_SETTING:
			buffer_format(out, "%s=%s", part->text, part->is_list ? "{" : "");
			print(part, out);
			buffer_format(out, "%s ", part->is_list ? "}" : "");
			break;
		case CONFIG_TREE_KIND_VALUE:
			buffer_format(out, "[%s]%d:%d", part->text, part->line, part->column);
			break;
		}
	}
}

Test(config_tree, knows_where_each_part_stands)
{
	static const struct {
		const char *text, *tree;
	} rows[] = {
		{"", ""},
		{"\n # all\n// of\n/* it */", ""},
		{"a = b", "a=[b]1:5 "},
		{"a=b c=d", "a=[b]1:3 c=[d]1:7 "},
		{"a = {}", "a={} "},
		{"a = {b,\n 'c d', \"e\",}", "a={[b]1:6[c d]2:2[e]2:9} "},
		{"a = \"\\\"\\\\\\n\\t\\q\"", "a=[\"\\\n\t\\q]1:5 "},
		{"a = '\\'\\n'", "a=['\\n]1:5 "},
		{"a = \"x\ny\"\nb = c", "a=[x\ny]1:5 b=[c]3:5 "},
		{"a = `\nb = `c", "a=[`]1:5 b=[`c]2:5 "},
		{"a = http://x/#y", "a=[http://x/]1:5 "},
		{"\xEF\xBB\xBF"
		 "a = b",
			"a=[b]1:5 "},
		{"\uFEFF\uFEFFa = b\n\uFEFFc = d", "a=[b]1:5 c=[d]2:5 "},
		{"a = \uFEFF{b}\ns t {\uFEFFc = d \uFEFF}", "a={[b]1:9} s<t>(c=[d]2:13 )2:1 "},
		{"# e\ra = b\r\r// f\r\nc = d\r\r\n\r\r\ne = f\r", "a=[b]2:5 c=[d]5:5 e=[f]7:5 "},
		{"a = 'b\rc'\rd = e", "a=[b\rc]1:5 d=[e]3:5 "},
		{"a = b\f\n\v\fc = d\r\n\x1A", "a=[b]1:5 c=[d]2:7 "},
		{"s \"t\" { a = b }\ns u{}", "s<t>(a=[b]1:13 )1:1 s<u>()2:1 "},
		{"s { a = b }", "s<none>(a=[b]1:9 )1:1 "},
		{"s t { u v { w x { } } }", "s<t>(u<v>(w<x>()1:13 )1:7 )1:1 "},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct config_tree tree;
		struct strings problems = {0};
		struct buffer out = {0};
		buffer_add(&out, "");
		config_tree_read("x", rows[i].text, strlen(rows[i].text), &tree, &problems);
		print(&tree, &out);
		cr_expect_str_eq(out.data, rows[i].tree, "row %zu: %s", i, out.data);
		cr_expect_eq(problems.count, 0, "row %zu: %s", i,
			problems.count > 0 ? problems.items[0] : "");
		config_tree_finish(&tree);
		strings_finish(&problems);
		buffer_finish(&out);
	}
}

Test(config_tree, says_what_is_wrong_and_goes_on)
{
	static const char no_equals[] = "'=' is missing behind the name of this setting";
	static const char no_name[] =
		"a name is missing here; text with blanks or #={},\"' needs quotes";
	static const struct {
		const char *text, *tree;
		const char *problems[3]; /* each with its place in front */
		const char *places[3];
	} rows[] = {
		{"a b\nc = d", "a= c=[d]2:5 ", {no_equals}, {"x:1:1"}},
		{"a\nc = d", "a= c=[d]2:5 ", {no_equals}, {"x:1:1"}},
		{"a b c\nd e\nf = g", "a= d= f=[g]3:5 ", {no_equals, no_equals},
			{"x:1:1", "x:2:1"}},
		{"a =\nb = c", "a= b=[c]2:5 ", {"a value is missing behind '='"}, {"x:1:1"}},
		{"a =", "a= ", {"a value is missing behind '='"}, {"x:1:1"}},
		{"a = {b c}\nd = e", "a={[b]1:6} d=[e]2:5 ",
			{"a ',' or the closing '}' is missing in this list"}, {"x:1:1"}},
		{"a = {b\nc = d\n}", "a={[b]1:6} c=[d]2:5 ",
			{"a ',' or the closing '}' is missing in this list",
				"this '}' closes nothing"},
			{"x:1:1", "x:3:1"}},
		{"a = b;\nc = d", "a=[b]1:5 c=[d]2:5 ", {"nothing ends in ';' here; remove it"},
			{"x:1:5"}},
		{"s t {\na = b ;\n};\nc = d", "s<t>(a=[b]2:5 )1:1 c=[d]4:5 ",
			{"nothing ends in ';' here; remove it",
				"nothing ends in ';' here; remove it"},
			{"x:2:7", "x:3:2"}},
		{"a = \u201Cb\u201D", "a=[\u201Cb\u201D]1:5 ",
			{"curly quotes do not count here; write \""}, {"x:1:5"}},
		{"a = 'b;\u201C\u00A0'\nc\u00A0= d", "a=[b;\u201C\u00A0]1:5 c\u00A0=[d]2:6 ",
			{"a no-break space is not a blank; write a blank"}, {"x:2:1"}},
		{"a = [\"b\"]\nc = ( d )", NULL,
			{"lists are not in brackets here; write { and }", no_name,
				"lists are not in brackets here; write { and }"},
			{"x:1:5", "x:1:6", "x:2:5"}},
		{"\x1B[0ma = b", NULL,
			{"no name contains the character U+001B; remove or replace it"}, {"x:1:1"}},
		{"a\u200B = b", "a\u200B=[b]1:8 ",
			{"no name contains the character U+200B; remove or replace it"}, {"x:1:1"}},
		{"a = b\n\u3000\u0441 = d", NULL,
			{"no name contains the character U+3000; remove or replace it"}, {"x:2:1"}},
		{"\u043E {}", NULL, {"no name contains the character U+043E; remove or replace it"},
			{"x:1:1"}},
		{"\U0001F600 = b", NULL,
			{"no name contains the character U+1F600; remove or replace it"},
			{"x:1:1"}},
		{"a = {\"b\"\uFF0C\"c\"}", NULL, {"a full-width ',' does not count here; write ,"},
			{"x:1:9"}},
		{"a = \uFF5Bb\uFF5D", NULL, {"full-width braces do not count here; write { and }"},
			{"x:1:5"}},
		{"a = `b`\nc = \u00ABd\u00BB", "a=[`b`]1:5 c=[\u00ABd\u00BB]2:5 ",
			{"backquotes do not count here; write \"",
				"curly quotes do not count here; write \""},
			{"x:1:5", "x:2:5"}},
		{"a = `b c`", NULL, {"backquotes do not count here; write \""}, {"x:1:5"}},
		{"a = {b},\nc = d, e = f\ng = h", "a={[b]1:6} c=[d]2:5 g=[h]3:5 ",
			{"a ',' stands only between the values of a list; remove it",
				"a ',' stands only between the values of a list; remove it"},
			{"x:1:8", "x:2:6"}},
		{"a \uFF1D b", NULL, {"a full-width '=' does not count here; write ="}, {"x:1:3"}},
		{"a: b\nc: {d}", NULL, {"a name does not end in ':'; write '=' behind it"},
			{"x:1:1"}},
		{"a = \"f\xFCr\"\nb = f\xFCr", "a=[f\xFCr]1:5 b=[f\xFCr]2:5 ",
			{"this is not UTF-8; save the file as UTF-8",
				"this is not UTF-8; save the file as UTF-8"},
			{"x:1:5", "x:2:5"}},
		{"f\xFCr = b", "f\xFCr=[b]1:7 ", {"this is not UTF-8; save the file as UTF-8"},
			{"x:1:1"}},
		{"}\na = b", "a=[b]2:5 ", {"this '}' closes nothing"}, {"x:1:1"}},
		{"= b\na = b", "a=[b]2:5 ", {no_name}, {"x:1:1"}},
		{"a = ${HOME}\nb = c", "a=[$]1:5 b=[c]2:5 ", {no_name, "this '}' closes nothing"},
			{"x:1:6", "x:1:11"}},
		{"s t {\na = b", "s<t>(a=[b]2:5 )1:1 ",
			{"the '{' of this section has no closing '}'"}, {"x:1:1"}},
		{"\na = \"b\n", "a= ", {"the text that begins here has no closing quote"},
			{"x:2:5"}},
		{"\n/* a = b\n", "", {"the comment that begins here has no closing '*/'"},
			{"x:2:1"}},
		{"a {b {c {d {e {}}}}}", NULL, {"sections are nested too deeply"}, {"x:1:13"}},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct config_tree tree;
		struct strings problems = {0};
		struct buffer out = {0};
		buffer_add(&out, "");
		config_tree_read("x", rows[i].text, strlen(rows[i].text), &tree, &problems);
		cr_expect_gt(problems.count, 0);
		print(&tree, &out);
		if (rows[i].tree != NULL)
			cr_expect_str_eq(out.data, rows[i].tree, "row %zu: %s", i, out.data);
		for (size_t j = 0; j < 3 && rows[i].problems[j] != NULL; j++) {
			char wanted[200];
			snprintf(wanted, sizeof wanted, "%s: %s", rows[i].places[j],
				rows[i].problems[j]);
			cr_assert_lt(j, problems.count, "row %zu", i);
			cr_expect_str_eq(
				problems.items[j], wanted, "row %zu: %s", i, problems.items[j]);
		}
		config_tree_finish(&tree);
		strings_finish(&problems);
		buffer_finish(&out);
	}
}

Test(config_tree, refuses_what_is_not_text)
{
	struct config_tree tree;
	struct strings problems = {0};
	config_tree_read("x", "a\0b", 3, &tree, &problems);
	cr_assert_eq(problems.count, 1);
	cr_assert_str_eq(
		problems.items[0], "x:1:1: the file has NUL octets; write it as UTF-8 text");
	config_tree_finish(&tree);
	strings_finish(&problems);
}
