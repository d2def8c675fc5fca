#include "frontends/mail/html_text.h"

#include <criterion/criterion.h>

Test(html_text, reads_what_a_person_wrote)
{
	static const struct {
		const char *html;
		const char *text;
	} rows[] = {
		{"", ""},
		{"today", "today"},
		{"<p>today</p>", "\ntoday\n"},
		{"<DIV dir='ltr'>search&nbsp;<b>apple</b>\r\npie<br/></DIV>",
			"\nsearch apple  pie\n\n"},
		{"<title>no</title><style type=x>p {}</style><!-- no <p> -->today", "today"},
		{"<script>if (a < b) no</script>today<o:p></o:p>", "today"},
		{"Ann wrote:<blockquote class=x>no<blockquote>no</blockquote>no</blockquote>today",
			"Ann wrote:\n>\ntoday"},
		{"&lt;a&gt; &amp;&AMP; &#39;x&#33; &#x21; &", "<a> && 'x! ! &"},
		{"&#233;&eacute;&Eacute;&#xE9;&#XE9;&#x1F600;",
			"\u00E9\u00E9\u00C9\u00E9\u00E9\U0001F600"},
		{"today&rsquo;s&#160;quote", "today\u2019s quote"},
		{"&#0;&#10;&#xD800;&#x110000;&#99999999999;&#;&#x;&#12a;&no;&EACUTE;&amp",
			"&#0;&#10;&#xD800;&#x110000;&#99999999999;&#;&#x;&#12a;&no;&EACUTE;&amp"},
		{"<blockquote>no end", "\n>\n"},
		{"<p", ""},
		{"a<", "a"},
		{"<pre>x</pre><picture>y", "\nx\ny"},
		{"<tr><td>today</td><td>no</td>", "\n\ntoday\n\nno\n"},
		{"<!-- no end", ""},
		{"<center>today</center>x<h5>y</h5>", "\ntoday\nx\ny\n"},
		{"<th>a<dl><dt>b<dd>c<address>d", "\na\n\nb\nc\nd"},
		{"<section><header>a</header>b<article>c</article><main>d", "\n\na\nb\nc\nd"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer out = {0};
		html_text_read(rows[i].html, &out);
		cr_expect_str_eq(out.data, rows[i].text, "%s: '%s'", rows[i].html, out.data);
		buffer_finish(&out);
	}
}
