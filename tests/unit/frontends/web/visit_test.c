#include "frontends/web/visit.h"

#include <criterion/criterion.h>

#include "tests/support/site.h"

Test(visit, says_that_there_is_no_quote_now)
{
	struct site site;
	site_open(&site, "command:true", NULL);
	site_check(&site, "/random.txt", "", 503,
		"503 Service Unavailable: No quote is available now; try again in a moment.\n");
	site_check(&site, "/random", "", 503,
		"<p>No quote is available now; try again in a moment.</p>");
	site_check(&site, "/today.txt", "", 503, "There is no quote of the day.\n");
	site_close(&site);
}

Test(visit, a_view_that_fails_writes_nothing_else)
{
	struct site site;
	site_open(&site, "static:A", NULL);
	struct http_reply reply = site_get(&site, "/q/abc.txt", "");
	cr_assert_str_eq(
		reply.content.data, "404 Not Found: An id has 4 to 12 letters and digits.\n");
	http_reply_finish(&reply);
	site_close(&site);
}
