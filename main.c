/* The composition root: options, configuration, quotes, front ends, loop, drain. */
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/collection_settings.h"
#include "config/config.h"
#include "config/installed_quotes.h"
#include "config/options.h"
#include "config/options_apply.h"
#include "frontends/irc/irc_frontend.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_frontend.h"
#include "frontends/qotd/qotd_frontend.h"
#include "frontends/runtime/gateway.h"
#include "frontends/runtime/process.h"
#include "frontends/runtime/signals.h"
#include "frontends/shell/output.h"
#include "frontends/shell/shell.h"
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
	struct shell_options shell;
	struct config_schema schemas[FRONTEND_COUNT + 2];
	struct config config;
	struct installed_quotes quotes;
	struct strings warnings;
	struct rng rng;
	struct quoter *quoter;
	struct output out;
};

static int configure(struct daemon *daemon, struct error *reterr)
{
	enum log_level level;
	struct daemon_options *options = &daemon->config.daemon;
	for (size_t i = 0; i < FRONTEND_COUNT; i++)
		daemon->schemas[i] = (struct config_schema){
			frontends[i]->name, frontends[i]->settings, frontends[i]->options_size};
	daemon->schemas[FRONTEND_COUNT] = (struct config_schema){
		COLLECTION_SETTINGS_NAME, collection_settings, sizeof(struct collection_options)};
	if (!options_read_config(&daemon->options, daemon->schemas, &daemon->config, reterr))
		return EX_CONFIG;
	if (!options_apply(&daemon->options, daemon->schemas, &daemon->config, reterr))
		return EX_USAGE;
	if (log_level_parse(options->log_level, &level))
		log_set_level(level);
	if (process_set_timezone(options->timezone, reterr))
		return EX_OK;
	config_locate(&daemon->config, NULL, reterr);
	return EX_CONFIG;
}

/* What the command line names is not there, or the configuration is wrong; a test of it ends so. */
static int open_quotes(struct daemon *daemon, struct error *reterr)
{
	bool named = daemon->options.quotes.count > 0;
	rng_init(&daemon->rng, options_seed(&daemon->options, process_seed()));
	daemon->quoter = installed_quotes_open(
		&daemon->quotes, &daemon->config, &daemon->rng, &daemon->warnings, reterr);
	if (daemon->quoter != NULL)
		return EX_OK;
	config_locate(&daemon->config, NULL, reterr);
	return named && daemon->options.action == OPTIONS_ACTION_RUN ? EX_NOINPUT : EX_CONFIG;
}

/* The front ends, or without a supervisor no more than what they show. */
static int add_frontends(struct daemon *daemon, struct supervisor *supervisor, struct error *reterr)
{
	for (size_t i = 0; i < daemon->config.section_count; i++) {
		unsigned wire;
		const struct config_section *section = &daemon->config.sections[i];
		size_t kind = (size_t)(section->schema - daemon->schemas);
		if (kind == FRONTEND_COUNT)
			continue;
		bool added = supervisor != NULL
				     ? supervisor_add(supervisor, frontends[kind], section->title,
					       section->options, reterr)
				     : frontend_add_wire(frontends[kind], section->name,
					       section->options, daemon->quoter, &wire, reterr);
		if (!added) {
			config_locate(&daemon->config, section, reterr);
			return EX_CONFIG;
		}
	}
	return EX_OK;
}

/* All answers are given: only what nobody needs is left to be done. */
static void leave(int number)
{
	(void)number;
	_exit(EX_OK);
}

static int serve(struct daemon *daemon, struct error *reterr)
{
	struct gateway *gateway = gateway_create(daemon->quoter, &daemon->rng, reterr);
	if (gateway == NULL)
		return EX_OSERR;
	int status = add_frontends(daemon, gateway_supervisor(gateway), reterr);
	if (status == EX_OK)
		quoter_check_days(daemon->quoter, &daemon->warnings);
	log_warnings("quoted", &daemon->warnings);
	if (status == EX_OK && daemon->options.action == OPTIONS_ACTION_RUN) {
		gateway_start(gateway, (double)daemon->config.daemon.drain_timeout);
		options_print_hint(&daemon->options, stdout);
		gateway_run(gateway, leave);
	}
	gateway_destroy(gateway);
	return status;
}

/* A check answers also where no file that is named could be loaded. */
static int work_in_shell(struct daemon *daemon, int status, struct error *reterr)
{
	bool unread = status == EX_NOINPUT && daemon->shell.command == SHELL_COMMAND_CHECK;
	if (status == EX_OK)
		status = add_frontends(daemon, NULL, reterr);
	/* Pins are of the configured quotes. */
	if (status == EX_OK && daemon->options.quotes.count == 0)
		quoter_check_days(daemon->quoter, &daemon->warnings);
	if (status == EX_OK || unread)
		return shell_run(
			&daemon->shell, daemon->quoter, &daemon->warnings, &daemon->out, reterr);
	log_warnings("quoted", &daemon->warnings);
	return status;
}

static int work(struct daemon *daemon, bool in_shell)
{
	struct error error = {""};
	if (!in_shell)
		signals_hold_hangup(true);
	int status = configure(daemon, &error);
	if (status == EX_OK)
		status = open_quotes(daemon, &error);
	if (in_shell)
		status = work_in_shell(daemon, status, &error);
	else if (status == EX_OK)
		status = serve(daemon, &error);
	else
		log_warnings("quoted", &daemon->warnings);
	if (status != EX_OK && error.text[0] != '\0')
		log_error("quoted", "%s", error.text);
	quoter_destroy(daemon->quoter);
	installed_quotes_finish(&daemon->quotes);
	config_finish(&daemon->config);
	strings_finish(&daemon->warnings);
	return status;
}

/* The commands of the shell share with the daemon what the options say of the quotes. */
static bool parse(int argc, char **argv, bool in_shell, struct daemon *daemon, struct error *reterr)
{
	if (!in_shell)
		return options_parse(argc, argv, &daemon->options, reterr);
	if (!shell_options_parse(argc, argv, &daemon->shell, reterr))
		return false;
	if (daemon->shell.command == SHELL_COMMAND_HELP)
		daemon->options.action = OPTIONS_ACTION_HELP;
	daemon->options.config_path = daemon->shell.config_path;
	daemon->options.seeded = daemon->shell.seeded;
	daemon->options.seed = daemon->shell.seed;
	daemon->options.equal = daemon->shell.equal;
	daemon->options.offensive = daemon->shell.offensive;
	daemon->options.only_offensive = daemon->shell.only_offensive;
	for (size_t i = 0; i < daemon->shell.files.count; i++)
		strings_add(&daemon->options.quotes, daemon->shell.files.items[i]);
	daemon->options.percents = daemon->shell.percents;
	return true;
}

int main(int argc, char **argv)
{
	struct daemon daemon = {.out = {.file = stdout}};
	struct error error;
	int status = EX_OK;
	bool in_shell = argc > 1 && shell_options_is_command(argv[1]);
	process_prepare(in_shell);
	if (!parse(argc, argv, in_shell, &daemon, &error)) {
		log_error("quoted", "%s", error.text);
		return EX_USAGE;
	}
	if (daemon.options.action == OPTIONS_ACTION_HELP)
		output_add(&daemon.out, in_shell ? shell_options_help : options_help);
	else if (daemon.options.action == OPTIONS_ACTION_VERSION)
		output_add(&daemon.out, "quoted " QUOTED_VERSION "\n");
	else
		status = work(&daemon, in_shell);
	if (!output_flush(&daemon.out, &error)) {
		log_error("quoted", "%s", error.text);
		status = EX_IOERR;
	}
	options_finish(&daemon.options);
	shell_options_finish(&daemon.shell);
	return status;
}
