#include "frontends/web/page/page_link.h"

#include <string.h>

#include "frontends/web/page/html.h"
#include "frontends/web/page/page_text.h"
#include "frontends/web/route.h"

static bool ends_in(const struct ask_group *group, const char *suffix)
{
	size_t length = strlen(suffix);
	return group->length > length &&
	       memcmp(group->name + group->length - length, suffix, length) == 0;
}

/* Room for a suffix, which is needed behind a name that ends in one. */
bool page_link_add_path(const char *folder, const struct ask_group *group, struct buffer *out)
{
	if (group->length + sizeof ".html" > ROUTE_NAME_SIZE)
		return false;
	buffer_add(out, folder);
	/* No path has a line end, and proxies decode a slash, which makes folders of a name. To an
	 * author both are the same as a blank. */
	for (size_t i = 0; i < group->length; i++)
		html_encode(out, strchr("\n/", group->name[i]) != NULL ? " " : group->name + i, 1);
	if (ends_in(group, ".html") || ends_in(group, ".txt") || ends_in(group, ".json"))
		buffer_add(out, ".html");
	return true;
}

void page_link_write_group(const char *folder, const struct ask_group *group, struct buffer *out)
{
	struct buffer path = {0};
	bool has_page = page_link_add_path(folder, group, &path);
	if (has_page) {
		buffer_add(out, "<a href=");
		buffer_append(out, path.data, path.length);
		buffer_add(out, ">");
	}
	page_text_write_line(out, group->name, group->length);
	buffer_add(out, has_page ? "</a>" : "");
	buffer_finish(&path);
}
