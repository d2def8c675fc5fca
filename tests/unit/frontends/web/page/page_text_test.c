#include "frontends/web/page/page_text.h"

#include <string.h>

#include <criterion/criterion.h>

struct row {
	const char *what;
	const char *text;
	const char *html;
};

static const struct row rows[] = {
	{"one line", "An apple a day.", "<p>An apple a day."},
	{"markup", "<script>x</script> & \"y\"",
		"<p>&lt;script&gt;x&lt;/script&gt; &amp; &quot;y&quot;"},
	{"runs of blanks", "Yes.  No.", "<p>Yes. No."},
	{"filled lines are joined",
		"The light at the end of the tunnel has been turned off until further\n"
		"notice because of the budget, and nobody knows when it will be lit.",
		"<p>The light at the end of the tunnel has been turned off until further "
		"notice because of the budget, and nobody knows when it will be lit."},
	{"filled lines of Japanese are joined without a blank",
		"吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつ\n"
		"かぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だ\n"
		"quoted。",
		"<p>吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつ"
		"かぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だ quoted。"},
	{"an indented line begins a paragraph",
		"The light at the end of the tunnel has been turned off until further\n"
		"notice.\n"
		"    And then the budget came back, and somebody lit the light once more.",
		"<p>The light at the end of the tunnel has been turned off until further notice."
		"<p>And then the budget came back, and somebody lit the light once more."},
	{"lines below a label are joined",
		"Light, n.:\n"
		"        What was at the end of the tunnel until the budget came to its own\n"
		"        end.",
		"<p>Light, n.:<p>What was at the end of the tunnel until the budget came to its "
		"own "
		"end."},
	{"lines with a margin are joined",
		"     The light at the end of the tunnel has been turned off until\n"
		"\u00a0\u00a0\u00a0\u00a0 further notice.",
		"<p>The light at the end of the tunnel has been turned off until further notice."},
	{"hanging lines are joined",
		"- The light at the end of the tunnel has been turned off until further\n"
		"  notice.\n- It was a train.\n- Who says that?",
		"<p>- The light at the end of the tunnel has been turned off until further notice."
		"<p>- It was a train.<p>- Who says that?"},
	{"short lines further in begin paragraphs",
		"The light at the end of the tunnel has been turned off until further\n"
		"notice.\n"
		"        \"Who says that?\"\n"
		"        \"The man on the train with the lights that were turned off for the\n"
		"budget, which is the one that has so many lights that they need budgets.\n"
		"        \"Which one?\"",
		"<p>The light at the end of the tunnel has been turned off until further notice."
		"<p>&quot;Who says that?&quot;"
		"<p>&quot;The man on the train with the lights that were turned off for the "
		"budget, which is the one that has so many lights that they need budgets."
		"<p>&quot;Which one?&quot;"},
	{"short lines with a margin are verse",
		"    Who turned off the light at the end of the tunnel, and the train?\n"
		"    Nobody.\n    The budget.",
		"<p class=v><span>Who turned off the light at the end of the tunnel, and the train?"
		"</span><br><span>Nobody.</span><br><span>The budget.</span>"},
	{"a table keeps its lines",
		"\u2502 The light at the end of the tunnel, and the train in the light\n"
		"\u2502 The budget",
		"<p class=v><span>\u2502 The light at the end of the tunnel, and the train in the "
		"light</span><br><span>\u2502 The budget</span>"},
	{"a poem keeps its lines", "Roses are red,\n  Violets are blue.",
		"<p class=v><span>Roses are red,</span><br><span>  Violets are blue.</span>"},
	{"a poem with long lines",
		"Tell me not, in mournful numbers, that this life is but an empty dream,\n"
		"For the soul is dead.\nThat slumbers, and things are not what they seem.",
		"<p class=v><span>Tell me not, in mournful numbers, that this life is but an "
		"empty dream,</span><br><span>For the soul is dead.</span><br><span>"
		"That slumbers, and things are not what they seem.</span>"},
	{"a common margin goes", "    one\n      two",
		"<p class=v><span>one</span><br><span>  two</span>"},
	{"empty lines part paragraphs", "one\n\n\ntwo", "<p>one<p>two"},
	{"an indented single line", "    one", "<p>one"},
	{"a line with blanks that do not break", "\u00a0\u00a0 one", "<p>one"},
	{"a dialogue with hanging lines",
		"Q:      Why did it\n        cross?\nA:      To get\n        there.",
		"<p class=v><span>Q: Why did it cross?</span><br><span>A: To get there.</span>"},
};

Test(page_text, paragraphs)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buffer out = {0};
		page_text_write(&out, rows[i].text, strlen(rows[i].text));
		cr_assert_str_eq(out.data, rows[i].html, "%s: %s", rows[i].what, out.data);
		buffer_finish(&out);
	}
}

Test(page_text, columns)
{
	cr_assert_eq(page_text_columns("", 0), 0);
	cr_assert_eq(page_text_columns("ab\n  cd\ne", 9), 4);
	cr_assert_eq(page_text_columns("na\xc3\xafve", 6), 5);
	cr_assert_eq(page_text_columns("\xe7\x9f\xa5", 3), 2);
}

Test(page_text, a_drawing_is_without_the_indentation_of_all_lines)
{
	static const struct {
		const char *text, *html;
		size_t indent;
	} drawings[] = {
		{"    /\\\n   <  >\n\n    \\/", " /\\\n&lt;  &gt;\n\n \\/", 3},
		{"/\\\n  x\n", "/\\\n  x\n", 0},
		{"   a\n b\n  ", "  a\nb\n ", 1},
	};
	for (size_t i = 0; i < sizeof drawings / sizeof drawings[0]; i++) {
		struct buffer out = {0};
		const char *text = drawings[i].text;
		page_text_write_drawing(&out, text, strlen(text));
		cr_expect_str_eq(out.data, drawings[i].html, "%s", out.data);
		cr_expect_eq(page_text_indent(text, strlen(text)), drawings[i].indent);
		buffer_finish(&out);
	}
	cr_assert_eq(page_text_indent("  \n ", 4), 0);
}

Test(page_text, one_line)
{
	struct buffer out = {0};
	page_text_write_line(&out, "Mark <Twain>,\n   \"X\"", 20);
	cr_assert_str_eq(out.data, "Mark &lt;Twain&gt;, &quot;X&quot;");
	buffer_finish(&out);
}
