/* The daemon's composition root: options, configuration, quotes, front ends, loop, drain. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/installed_quotes.h"
#include "config/options.h"
#include "config/options_apply.h"
#include "config/revision.h"
#include "frontends/irc/irc_frontend.h"
#include "frontends/kit/log.h"
#include "frontends/kit/output.h"
#include "frontends/mail/mail_frontend.h"
#include "frontends/net/binding.h"
#include "frontends/qotd/qotd_frontend.h"
#include "frontends/runtime/process.h"
#include "frontends/runtime/runtime.h"
#include "frontends/shell/shell_options.h"
#include "frontends/status/status_frontend.h"
#include "frontends/web/web_frontend.h"
#include "rehearse.h"
#include "reload.h"
#include "setup.h"
#include "shell_main.h"

static const struct frontend_ops *const frontends[] = {
	&qotd_frontend_ops,
	&web_frontend_ops,
	&mail_frontend_ops,
	&irc_frontend_ops,
	&status_frontend_ops, /* shows no quotes, so it is the last */
	NULL,
};

/* Quotes that the command line names are missing input; -t checks them as configuration. */
static int status_without_quotes(const struct options *options)
{
	bool named = options->common.quotes.count > 0;
	return named && options->action == OPTIONS_ACTION_RUN ? EX_NOINPUT : EX_CONFIG;
}

/* Goes on without quotes, to find every problem. */
static int configure(const struct options *options, struct setup *setup, struct error *reterr)
{
	if (!setup_read_config(setup, &options->common, reterr))
		return EX_CONFIG;
	process_set_timezone(setup->config.daemon.timezone);
	options_apply_log_format(options->log_format, &setup->config);
	if (!options_apply_port(options->port, &setup->config, reterr))
		return EX_USAGE;
	setup_open_quotes(setup, NULL, NULL);
	return setup->quoter != NULL ? EX_OK : status_without_quotes(options);
}

/* All answers are given; what is left to do can be skipped. */
static void leave(int number)
{
	(void)number;
	_exit(EX_OK);
}

static int print(const char *text)
{
	struct output out = {.file = stdout};
	struct error error;
	output_add(&out, text);
	if (output_flush(&out, &error))
		return EX_OK;
	log_error("quoted", "%s", error.text);
	return EX_IOERR;
}

/* Any file that was included comes after the first. */
static void log_config(const struct config *config)
{
	if (options_apply_is_builtin(config))
		log_info("quoted", "no configuration file: the built-in defaults");
	else
		log_info("quoted", "configuration: %s", config->files.items[0]);
}

/* A reload will read the files again, as that user. */
static bool become_user(const struct setup *setup, struct error *reterr)
{
	const struct config *config = &setup->config;
	const char *user = config->daemon.user;
	if (!process_become(user, reterr))
		return config_locate(config, NULL, reterr);
	for (size_t i = 0; !options_apply_is_builtin(config) && i < config->files.count; i++)
		if (access(config->files.items[i], R_OK) != 0)
			log_warning("quoted",
				"%s: user '%s' cannot read it, so a reload will fail; let them "
				"read it",
				config->files.items[i], user);
	return true;
}

/* Says whether the configuration is good, and prints it if that is wanted. */
static int check(
	const struct options *options, struct setup *setup, int status, struct error *reterr)
{
	struct buffer text = {0};
	rehearse_start(setup);
	log_warnings("quoted", &setup->warnings);
	if (status != EX_OK || setup->problems.count > 0 || !become_user(setup, reterr))
		return EX_CONFIG;
	if (options->action == OPTIONS_ACTION_PRINT) {
		config_print(&setup->config, &text);
		status = print(text.data);
	}
	buffer_finish(&text);
	return status;
}

static void warn_of_unclaimed(void)
{
	struct strings names = {0};
	binding_unclaimed(&names);
	for (size_t i = 0; i < names.count; i++)
		log_warning("quoted",
			"no section is called '%s', so the socket of that name is not used; set "
			"FileDescriptorName= to a section's name, such as qotd.default",
			names.items[i]);
	strings_finish(&names);
}

static int add_frontends(const struct options *options, struct setup *setup,
	struct runtime *runtime, struct error *reterr)
{
	bool complete = setup_has_frontend(setup, reterr);
	complete &= reload_add_frontends(setup, NULL, runtime);
	if (setup->lacks_quotes)
		return status_without_quotes(options);
	quoter_check(setup->quoter, &setup->warnings);
	return complete ? EX_OK : EX_CONFIG;
}

/* The log begins once nothing can be wrong with the command line or the configuration. */
static int run_loop(const struct options *options, struct setup *setup, struct runtime *runtime,
	struct error *reterr)
{
	int status = add_frontends(options, setup, runtime, reterr);
	if (options->action != OPTIONS_ACTION_RUN)
		return check(options, setup, status, reterr);
	if (status == EX_OK)
		setup_start_log(setup);
	log_warnings("quoted", &setup->warnings);
	if (status != EX_OK)
		return status;
	log_config(&setup->config);
	runtime_set_drain_timeout(runtime, (double)setup->config.daemon.drain_timeout);
	if (!runtime_start(runtime, reterr))
		return EX_UNAVAILABLE;
	warn_of_unclaimed();
	if (!become_user(setup, reterr))
		return EX_CONFIG;
	if (options_apply_is_builtin(&setup->config))
		options_print_hint(options, stdout);
	runtime_run(runtime, leave);
	return EX_OK;
}

/* Takes over the setup. */
static int serve(const struct options *options, struct setup *setup)
{
	struct error error = {0};
	struct reload *reload = NULL;
	int status = EX_OSERR;
	struct runtime *runtime = runtime_create(
		setup->quoter, setup->config.daemon.state_directory, setup->rng, &error);
	if (runtime != NULL) {
		reload = reload_create(options, setup, runtime);
		status = run_loop(options, setup, runtime, &error);
	}
	if (status != EX_OK)
		setup_report(setup, &error);
	runtime_destroy(runtime);
	reload_destroy(reload);
	if (reload == NULL)
		setup_destroy(setup);
	return status;
}

static int run(const struct options *options)
{
	struct rng rng;
	struct error error = {0};
	rng_init(&rng, common_options_seed(&options->common, process_seed()));
	struct setup *setup = setup_create(frontends, &rng);
	/* First: what is opened later could have the number of a socket that was not passed. */
	bool inherited = options->action != OPTIONS_ACTION_RUN || binding_inherit(&error);
	int status = inherited ? configure(options, setup, &error) : EX_OSERR;
	if (status == EX_OK)
		return serve(options, setup);
	log_warnings("quoted", &setup->warnings);
	setup_report(setup, &error);
	setup_destroy(setup);
	return status;
}

static int print_help(void)
{
	struct buffer commands = {0};
	shell_options_list_commands(&commands);
	char *help = options_help(commands.data);
	int status = print(help);
	free(help);
	buffer_finish(&commands);
	return status;
}

/* The first word can also be a file of quotes. */
static bool is_mistyped_command(const char *word)
{
	char *installed = installed_quotes_find(word);
	const char *meant = NULL;
	bool is_absent = word[0] != '-' && access(word, F_OK) != 0 && installed == NULL;
	if (is_absent)
		meant = shell_options_suggest(word);
	bool is_unknown = meant == NULL && is_absent && strpbrk(word, "/.:") == NULL;
	if (meant != NULL)
		log_error("quoted", "unknown command '%s'; did you mean '%s'?", word, meant);
	if (is_unknown)
		log_error("quoted", "'%s' is not a command or a file; see 'quoted --help'", word);
	free(installed);
	return meant != NULL || is_unknown;
}

/* As in quoted -c FILE list. Returns the place of the word, 0 if there is no command. */
static int find_command(int argc, char **argv)
{
	int at = 1;
	if (argc > 1 && (strcmp(argv[1], "-c") == 0 || strcmp(argv[1], "--config") == 0))
		at = 3;
	else if (argc > 1 &&
		 (strncmp(argv[1], "-c", 2) == 0 || strncmp(argv[1], "--config=", 9) == 0))
		at = 2;
	return at < argc && shell_options_is_command(argv[at]) ? at : 0;
}

/* So that what stands before the command is one of its options. */
static void put_command_first(int place, char **argv)
{
	char *command = argv[place];
	for (; place > 1; place--)
		argv[place] = argv[place - 1];
	argv[1] = command;
}

int main(int argc, char **argv)
{
	struct options options;
	struct error error;
	int command = find_command(argc, argv);
	if (command > 0)
		put_command_first(command, argv);
	if (argc > 1 && shell_options_is_command(argv[1]))
		return shell_main(argc, argv, frontends);
	process_prepare(false);
	if (argc > 1 && is_mistyped_command(argv[1]))
		return EX_USAGE;
	if (!options_parse(argc, argv, &options, &error)) {
		log_error("quoted", "%s", error.text);
		return EX_USAGE;
	}
	/* So that a program which reads the log also understands why there is none. */
	if (options.log_format != NULL && strcmp(options.log_format, "json") == 0)
		log_start(&(struct log_options){.level = LOG_LEVEL_INFO, .form = LOG_FORM_JSON});
	int status = EX_OK;
	switch (options.action) {
	case OPTIONS_ACTION_RUN:
	case OPTIONS_ACTION_CHECK:
	case OPTIONS_ACTION_PRINT:
		status = run(&options);
		break;
	case OPTIONS_ACTION_HELP:
		status = print_help();
		break;
	case OPTIONS_ACTION_VERSION:
		status = print(revision_text);
		break;
	}
	common_options_finish(&options.common);
	return status;
}
