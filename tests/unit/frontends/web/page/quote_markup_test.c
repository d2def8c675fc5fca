#include "frontends/web/page/quote_markup.h"

#include <string.h>

#include <criterion/criterion.h>

#include "frontends/web/page/quote_card.h"

Test(quote_markup, needs_no_style_sheet)
{
	static const struct {
		const char *text;
		size_t body;
		const char *html;
	} rows[] = {
		{"A <b> & \"c\"", 0, "<p>A &lt;b&gt; &amp; &quot;c&quot;"},
		{"One\n  two\nthree", 0,
			"<p "
			"class=v><span>One</span><br><span>&nbsp;&nbsp;two</span><br><span>three</"
			"span>"},
		{"Well\n-- Jane & John", 4, "<p>Well<p>\xE2\x80\x94 Jane &amp; John"},
		{"  /\\_/\\\n ( o.o )\n  > ^ <", 0,
			"<pre>\n  /\\_/\\\n ( o.o )\n  &gt; ^ &lt;</pre>"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *author = strstr(rows[i].text, "-- ");
		struct quote quote = {.text = rows[i].text,
			.length = strlen(rows[i].text),
			.body_length = rows[i].body,
			.author = author != NULL ? author + 3 : NULL,
			.author_length = author != NULL ? strlen(author + 3) : 0};
		struct buffer out = {0};
		quote_markup_write(&quote, &out);
		cr_expect_str_eq(out.data, rows[i].html);
		cr_expect_eq(quote_card_has_author(&quote), author != NULL);
		cr_expect_eq(quote_card_body(&quote),
			rows[i].body > 0 ? rows[i].body : strlen(rows[i].text));
		buffer_finish(&out);
	}
}
