#include "frontends/web/route.h"

#include <stddef.h>
#include <string.h>

/* In the order in which they are looked through: the most wanted first, and paths of their own
 * before those that end with any name. */
static const struct view *const tables[] = {day_views, quote_views, api_day_views, api_views,
	about_views, search_views, browse_views, month_views, site_views, feed_views, sitemap_views,
	api_group_views, api_oembed_views, subscribe_views};

static const char *const suffixes[] = {
	[NEGOTIATE_FORM_HTML] = ".html",
	[NEGOTIATE_FORM_TEXT] = ".txt",
	[NEGOTIATE_FORM_JSON] = ".json",
};

enum { FORM_COUNT = sizeof suffixes / sizeof *suffixes };

const char *route_suffix(enum negotiate_form form)
{
	return suffixes[form];
}

/* Returns the length of the path without the suffix of a form, and sets that; the whole length if
 * it has none. */
static size_t split_suffix(const char *path, unsigned *ret_form)
{
	size_t length = strlen(path);
	for (unsigned form = 0; form < FORM_COUNT; form++) {
		size_t suffix = strlen(suffixes[form]);
		if (length > suffix + 1 && strcmp(path + length - suffix, suffixes[form]) == 0) {
			*ret_form = form;
			return length - suffix;
		}
	}
	*ret_form = FORM_COUNT;
	return length;
}

static bool has_choice(const struct view *view)
{
	unsigned forms = view->forms & VIEW_ALL;
	return (forms & (forms - 1)) != 0;
}

/* Returns whether the view answers the first \p length octets of the path. */
static bool matches(const struct view *view, const char *path, size_t length, char *ret_name)
{
	size_t fixed = 0;
	while (view->path[fixed] != '\0' && view->path[fixed] == path[fixed])
		fixed++;
	bool is_named = fixed > 1 && view->path[fixed - 1] == '/';
	if (view->path[fixed] != '\0' || length < fixed)
		return false;
	if (!is_named)
		return length == fixed;
	if (length == fixed || length - fixed >= ROUTE_NAME_SIZE)
		return false;
	memcpy(ret_name, path + fixed, length - fixed);
	ret_name[length - fixed] = '\0';
	return true;
}

static const struct view *find_view(const char *path, char *ret_name, unsigned *ret_form)
{
	unsigned form;
	size_t whole = strlen(path);
	size_t bare = split_suffix(path, &form);
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		for (const struct view *view = tables[i]; view->path != NULL; view++) {
			bool suffixed =
				form < FORM_COUNT && has_choice(view) && (view->forms >> form & 1);
			*ret_form = suffixed ? form : FORM_COUNT;
			if (matches(view, path, suffixed ? bare : whole, ret_name))
				return view;
		}
	}
	*ret_form = form;
	return NULL;
}

/* Returns the form if the view has it, else one that it has. */
static enum negotiate_form form_of(const struct view *view, enum negotiate_form form)
{
	if (view == NULL || (view->forms >> form & 1))
		return form;
	for (form = 0; !(view->forms >> form & 1);)
		form++;
	return form;
}

/* An unknown path has an error in the form that its suffix names. */
static void choose_form(struct route *route, const struct view *view, unsigned suffix,
	const struct http_request *request)
{
	route->varies = suffix == FORM_COUNT && (view == NULL || has_choice(view));
	if (view != NULL && !has_choice(view))
		route->form = form_of(view, NEGOTIATE_FORM_HTML);
	else if (suffix < FORM_COUNT)
		route->form = (enum negotiate_form)suffix;
	else
		route->form = form_of(view, negotiate(request->accept, request->user_agent));
	if (view == NULL && strncmp(request->path, "/api/", 5) == 0) {
		route->form = NEGOTIATE_FORM_JSON;
		route->varies = false;
	}
}

void route_fail(struct route *route, unsigned status, const char *detail)
{
	route->view = NULL;
	route->status = status;
	route->detail = detail;
}

/* If the method is not allowed, that is the fault to name, not the content. */
static bool is_refused(enum request_fault fault, bool is_allowed)
{
	bool is_of_content = fault == REQUEST_FAULT_BODY || fault == REQUEST_FAULT_NO_LENGTH;
	return fault != REQUEST_FAULT_NONE && (!is_of_content || is_allowed);
}

struct route route_find(const struct http_request *request)
{
	unsigned suffix;
	struct route route = {.status = 200, .refused = request->fault != REQUEST_FAULT_NONE};
	const struct view *view = find_view(request->path, route.name, &suffix);
	choose_form(&route, view, suffix, request);
	bool takes_post = view != NULL && (view->forms & VIEW_POST) != 0;
	bool is_read = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
	bool is_post = takes_post && strcmp(request->method, "POST") == 0;
	bool is_options = strcmp(request->method, "OPTIONS") == 0;
	const char *detail;
	unsigned refusal = request_check_status(request->fault, &detail);
	route.allow = takes_post ? "GET, HEAD, OPTIONS, POST" : "GET, HEAD, OPTIONS";
	if (is_refused(request->fault, is_read || is_post))
		route_fail(&route, refusal, detail);
	else if (view == NULL && !(is_options && strcmp(request->path, "*") == 0))
		route_fail(&route, 404, "There is nothing at this address.");
	else if (is_options)
		route_fail(&route, 204, "");
	else if (is_read && request->improper)
		route_fail(&route, 301, "");
	else if (!is_read && !is_post)
		route_fail(&route, 405, "This address does not take this method; use GET.");
	else
		route.view = view;
	return route;
}
