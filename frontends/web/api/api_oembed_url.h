/** Reads the address of a quote that another site embeds. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_API_API_OEMBED_URL_H
#define QUOTED_FRONTENDS_WEB_API_API_OEMBED_URL_H

/**
 * Returns the id in \p url, the caller's to free, if that is the address of a quote below \p base,
 * else NULL. http and https are the same here, as are upper and lower case up to the path; a query,
 * a fragment and ".html" do not count. The id is as it stands there, and may be no quote's. \p base
 * may be NULL.
 */
char *api_oembed_url_id(const char *url, const char *base);

#endif
