/* The composition root: options, configuration, quotes, front ends, loop, drain. */
#include <signal.h>
#include <stdio.h>
#include <sysexits.h>

#include <ev.h>

#include "config/collection_settings.h"
#include "config/config.h"
#include "config/installed_quotes.h"
#include "config/options.h"
#include "core/quoter.h"
#include "frontends/irc/irc_frontend.h"
#include "frontends/log.h"
#include "frontends/mail/mail_frontend.h"
#include "frontends/process.h"
#include "frontends/qotd/qotd_frontend.h"
#include "frontends/supervisor.h"
#include "frontends/web/web_frontend.h"

static const struct frontend_ops *const frontends[] = {
	&qotd_frontend_ops,
	&web_frontend_ops,
	&mail_frontend_ops,
	&irc_frontend_ops,
};
enum { FRONTEND_COUNT = sizeof frontends / sizeof frontends[0] };

struct daemon {
	struct options options;
	struct config_schema schemas[FRONTEND_COUNT + 2];
	struct config config;
	struct installed_quotes quotes;
	struct rng rng;
	struct quoter *quoter;
	struct ev_loop *loop;
	struct librarian *librarian;
	struct supervisor *supervisor;
};

static bool read_config(struct daemon *daemon, struct error *reterr)
{
	for (size_t i = 0; i < FRONTEND_COUNT; i++)
		daemon->schemas[i] = (struct config_schema){
			frontends[i]->name, frontends[i]->settings, frontends[i]->options_size};
	daemon->schemas[FRONTEND_COUNT] = (struct config_schema){
		COLLECTION_SETTINGS_NAME, collection_settings, sizeof(struct collection_options)};
	return options_read_config(&daemon->options, daemon->schemas, &daemon->config, reterr);
}

static bool open_quotes(struct daemon *daemon, struct error *reterr)
{
	const struct daemon_options *options = &daemon->config.daemon;
	struct strings warnings = {0};
	struct quoter_options of_quoter = {.rng = &daemon->rng,
		.today_key = options->today_key,
		.today_pins = &options->today_pins};
	rng_init(&daemon->rng, options_seed(&daemon->options, process_seed()));
	struct library *library =
		installed_quotes_load(&daemon->quotes, &daemon->config, &warnings, reterr);
	for (size_t i = 0; i < warnings.count; i++)
		log_warning("quoted", "%s", warnings.items[i]);
	strings_finish(&warnings);
	if (library != NULL)
		daemon->quoter = quoter_create(library, &of_quoter, reterr);
	return daemon->quoter != NULL || config_locate(&daemon->config, NULL, reterr);
}

static bool add_frontends(struct daemon *daemon, struct error *reterr)
{
	daemon->supervisor =
		supervisor_create(daemon->loop, daemon->quoter, daemon->librarian, &daemon->rng);
	for (size_t i = 0; i < daemon->config.section_count; i++) {
		const struct config_section *section = &daemon->config.sections[i];
		size_t kind = (size_t)(section->schema - daemon->schemas);
		if (kind == FRONTEND_COUNT)
			continue;
		const struct frontend_ops *ops = frontends[kind];
		if (!supervisor_add(
			    daemon->supervisor, ops, section->title, section->options, reterr))
			return config_locate(&daemon->config, section, reterr);
	}
	return true;
}

static int build(struct daemon *daemon, struct error *reterr)
{
	enum log_level level;
	bool running = daemon->options.action == OPTIONS_ACTION_RUN; /* a check ends with 0 or 78 */
	if (!read_config(daemon, reterr))
		return EX_CONFIG;
	if (!process_set_timezone(daemon->config.daemon.timezone, reterr))
		return config_locate(&daemon->config, NULL, reterr) ? EX_OK : EX_CONFIG;
	if (log_level_parse(daemon->config.daemon.log_level, &level))
		log_set_level(level);
	if (!options_apply(&daemon->options, &daemon->config, reterr))
		return EX_USAGE;
	if (!open_quotes(daemon, reterr))
		return running && daemon->options.quotes.count > 0 ? EX_NOINPUT : EX_CONFIG;
	/* Not libev's default loop: that one waits for every child, so that nobody who started one
	 * on a thread could learn how it ended. */
	daemon->loop = ev_loop_new(EVBACKEND_EPOLL | EVFLAG_NOENV);
	if (daemon->loop == NULL) {
		error_set(reterr, "the system gives no epoll descriptor");
		return EX_OSERR;
	}
	daemon->librarian = librarian_create(daemon->loop, daemon->quoter, &daemon->rng, reterr);
	if (daemon->librarian == NULL)
		return EX_OSERR;
	return add_frontends(daemon, reterr) ? EX_OK : EX_CONFIG;
}

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct daemon *daemon = watcher->data;
	log_info("quoted", "stopping");
	supervisor_drain(daemon->supervisor, (double)daemon->config.daemon.drain_timeout);
}

static void on_hangup(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct daemon *daemon = watcher->data;
	librarian_reload(daemon->librarian);
}

static void run(struct daemon *daemon)
{
	ev_signal terminate, interrupt, hangup;
	ev_signal_init(&terminate, on_signal, SIGTERM);
	ev_signal_init(&interrupt, on_signal, SIGINT);
	ev_signal_init(&hangup, on_hangup, SIGHUP);
	terminate.data = interrupt.data = hangup.data = daemon;
	ev_signal_start(daemon->loop, &terminate);
	ev_signal_start(daemon->loop, &interrupt);
	ev_signal_start(daemon->loop, &hangup);
	quoter_prepare_today(daemon->quoter);
	supervisor_start(daemon->supervisor);
	log_info("quoted", "ready");
	options_print_hint(&daemon->options, stdout);
	ev_run(daemon->loop, 0);
}

static int serve(struct daemon *daemon)
{
	struct error error;
	process_prepare();
	int status = build(daemon, &error);
	if (status != EX_OK)
		log_error("quoted", "%s", error.text);
	else if (daemon->options.action == OPTIONS_ACTION_RUN)
		run(daemon);
	supervisor_destroy(daemon->supervisor);
	librarian_destroy(daemon->librarian);
	if (daemon->loop != NULL)
		ev_loop_destroy(daemon->loop);
	quoter_destroy(daemon->quoter);
	installed_quotes_finish(&daemon->quotes);
	config_finish(&daemon->config);
	return status;
}

int main(int argc, char **argv)
{
	struct daemon daemon = {0};
	struct error error;
	int status = EX_OK;
	if (!options_parse(argc, argv, &daemon.options, &error)) {
		log_error("quoted", "%s", error.text);
		return EX_USAGE;
	}
	if (daemon.options.action == OPTIONS_ACTION_HELP)
		fputs(options_help, stdout);
	else if (daemon.options.action == OPTIONS_ACTION_VERSION)
		puts("quoted " QUOTED_VERSION);
	else
		status = serve(&daemon);
	options_finish(&daemon.options);
	return status;
}
