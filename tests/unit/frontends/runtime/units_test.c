#include "frontends/runtime/units.h"

#include <string.h>

#include <criterion/criterion.h>

static const char *web_url(const struct frontend *frontend)
{
	(void)frontend;
	return "https://q.example";
}

static const char *irc_url(const struct frontend *frontend)
{
	(void)frontend;
	return "ircs://irc.example/quotes";
}

static struct quote_fit any_fit(const void *options)
{
	(void)options;
	return (struct quote_fit){0};
}

static const struct frontend_ops status_ops = {.name = "status"};
static const struct frontend_ops irc_ops = {.name = "irc", .fit = any_fit, .url = irc_url};
static const struct frontend_ops web_ops = {.name = "web", .fit = any_fit, .url = web_url};

static struct frontend status = {&status_ops}, irc = {&irc_ops}, web = {&web_ops};
static struct units peers;
static struct unit units[] = {
	{.name = (char[]){"status.a"}, .frontend = &status, .running = true, .peers = &peers},
	{.name = (char[]){"irc.a"}, .frontend = &irc, .peers = &peers},
	{.name = (char[]){"web.a"}, .frontend = &web, .running = true, .peers = &peers},
};

static void add_all(void)
{
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		units_introduce(&units[i].context);
		units_add(&peers, &units[i]);
	}
}

Test(units, finds_by_name)
{
	struct unit other = units[1];
	cr_expect_not(units_run(&peers));
	cr_expect_null(units_find(&peers, "irc.a"));
	add_all();
	cr_expect_eq(units_find(&peers, "irc.a"), &units[1]);
	cr_expect_null(units_find(&peers, "irc.b"));
	cr_expect(units_have(&peers, &units[1]));
	cr_expect_not(units_have(&peers, &other), "it has the same name");
	cr_expect(units_run(&peers));
}

Test(units, tells_of_those_that_show_quotes)
{
	struct frontend_state state;
	const struct frontend_context *context = &units[0].context;
	add_all();
	cr_assert(context->find_state(context, 0, &state));
	cr_expect_str_eq(state.name, "irc.a");
	cr_expect_str_eq(state.state, "trying again");
	cr_assert(context->find_state(context, 1, &state));
	cr_expect_str_eq(state.name, "web.a");
	cr_expect_null(state.state);
	cr_expect_null(state.daily);
	cr_expect_not(context->find_state(context, 2, &state));
}

Test(units, links_to_the_web_alone)
{
	struct buffer link = {0};
	const struct frontend_context *context = &units[0].context;
	add_all();
	cr_assert(context->write_link(context, "day", &link));
	cr_expect_str_eq(link.data, "https://q.example/day");
	buffer_clear(&link);
	cr_assert(context->write_permalink(context, 1, &link));
	cr_expect_eq(strncmp(link.data, "https://q.example/q/", 20), 0, "%s", link.data);
	peers.count--;
	cr_expect_not(context->write_link(context, "day", &link));
	buffer_finish(&link);
}
