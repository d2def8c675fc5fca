#include "frontends/web/assets.h"
#include "frontends/web/visit.h"

static void answer_health(struct visit *visit)
{
	buffer_add(&visit->reply->content, "ok\n");
}

static void answer_icon(struct visit *visit)
{
	visit->type = "image/svg+xml";
	visit->cache = VISIT_KEEP_A_DAY;
	http_reply_add(visit->reply, "Content-Security-Policy", "default-src 'none'");
	buffer_append(&visit->reply->content, assets_icon, assets_icon_length);
}

const struct view site_views[] = {
	{"/healthz", VIEW_TEXT, answer_health},
	{"/favicon.svg", VIEW_TEXT, answer_icon},
	{0},
};
