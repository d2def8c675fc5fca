/* The composition root: options, configuration, quotes, front ends, loop, drain. */
#include <signal.h>
#include <stdio.h>
#include <sysexits.h>

#include <ev.h>

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
	struct config_schema schemas[FRONTEND_COUNT + 1];
	struct config config;
	struct rng rng;
	struct quoter *quoter;
	struct ev_loop *loop;
	struct supervisor *supervisor;
};

static bool read_config(struct daemon *daemon, struct error *reterr)
{
	for (size_t i = 0; i < FRONTEND_COUNT; i++)
		daemon->schemas[i] = (struct config_schema){
			frontends[i]->name, frontends[i]->settings, frontends[i]->options_size};
	return options_read_config(&daemon->options, daemon->schemas, &daemon->config, reterr);
}

static bool open_quotes(struct daemon *daemon, struct error *reterr)
{
	struct strings warnings = {0};
	rng_init(&daemon->rng, process_seed());
	daemon->quoter = installed_quotes_open(
		&daemon->config.daemon.quotes, &daemon->rng, &warnings, reterr);
	for (size_t i = 0; i < warnings.count; i++)
		log_warning("quoted", "%s", warnings.items[i]);
	strings_finish(&warnings);
	return daemon->quoter != NULL || config_locate(&daemon->config, NULL, reterr);
}

static bool add_frontends(struct daemon *daemon, struct error *reterr)
{
	daemon->supervisor = supervisor_create(daemon->loop, daemon->quoter, &daemon->rng);
	for (size_t i = 0; i < daemon->config.section_count; i++) {
		const struct config_section *section = &daemon->config.sections[i];
		const struct frontend_ops *ops = frontends[section->schema - daemon->schemas];
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
	if (log_level_parse(daemon->config.daemon.log_level, &level))
		log_set_level(level);
	if (!options_apply(&daemon->options, &daemon->config, reterr))
		return EX_USAGE;
	if (!open_quotes(daemon, reterr))
		return running && daemon->options.quotes.count > 0 ? EX_NOINPUT : EX_CONFIG;
	daemon->loop = ev_default_loop(EVBACKEND_EPOLL | EVFLAG_NOENV);
	if (daemon->loop != NULL)
		return add_frontends(daemon, reterr) ? EX_OK : EX_CONFIG;
	error_set(reterr, "the system gives no epoll descriptor");
	return EX_OSERR;
}

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop, (void)events;
	struct daemon *daemon = watcher->data;
	log_info("quoted", "stopping");
	supervisor_drain(daemon->supervisor, (double)daemon->config.daemon.drain_timeout);
}

static void run(struct daemon *daemon)
{
	ev_signal terminate, interrupt;
	ev_signal_init(&terminate, on_signal, SIGTERM);
	ev_signal_init(&interrupt, on_signal, SIGINT);
	terminate.data = interrupt.data = daemon;
	ev_signal_start(daemon->loop, &terminate);
	ev_signal_start(daemon->loop, &interrupt);
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
	if (daemon->loop != NULL)
		ev_loop_destroy(daemon->loop);
	quoter_destroy(daemon->quoter);
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
