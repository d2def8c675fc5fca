/* The daemon's composition root: options, configuration, quotes, front ends, loop, drain. */
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "config/options.h"
#include "config/options_apply.h"
#include "frontends/irc/irc_frontend.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_frontend.h"
#include "frontends/qotd/qotd_frontend.h"
#include "frontends/runtime/process.h"
#include "frontends/runtime/runtime.h"
#include "frontends/shell/output.h"
#include "frontends/shell/shell_options.h"
#include "frontends/web/web_frontend.h"
#include "setup.h"
#include "shell_main.h"

static const struct frontend_ops *const frontends[] = {
	&qotd_frontend_ops,
	&web_frontend_ops,
	&mail_frontend_ops,
	&irc_frontend_ops,
	NULL,
};

static int configure(const struct options *options, struct setup *setup, struct error *reterr)
{
	if (!setup_read_config(setup, &options->common, reterr))
		return EX_CONFIG;
	if (!options_apply_port(options->port, &setup->config, reterr))
		return EX_USAGE;
	if (setup_open_quotes(setup, &options->common, reterr))
		return EX_OK;
	/* Quotes that the command line names are missing input; -t checks them as configuration. */
	bool named = options->common.quotes.count > 0;
	return named && options->action == OPTIONS_ACTION_RUN ? EX_NOINPUT : EX_CONFIG;
}

/* Sections are in the order of their schemas: those of front ends come first. */
static bool has_frontend(const struct setup *setup)
{
	return setup->config.section_count > 0 &&
	       setup_frontend(setup, &setup->config.sections[0]) != NULL;
}

static bool add_frontend(struct setup *setup, struct runtime *runtime,
	const struct config_section *section, struct error *reterr)
{
	const struct frontend_ops *ops = setup_frontend(setup, section);
	if (ops == NULL)
		return true;
	struct asker *asker = setup_asker(setup, section, runtime_searcher(runtime), reterr);
	return asker != NULL &&
	       supervisor_add(runtime_supervisor(runtime), ops, section->options, asker, reterr);
}

static int add_frontends(struct setup *setup, struct runtime *runtime, struct error *reterr)
{
	if (!has_frontend(setup)) {
		error_set(reterr,
			"%s: no front end is configured; add a section such as qotd \"default\" {}",
			setup->config.files.items[0]);
		return EX_CONFIG;
	}
	for (size_t i = 0; i < setup->config.section_count; i++) {
		const struct config_section *section = &setup->config.sections[i];
		if (!add_frontend(setup, runtime, section, reterr)) {
			config_locate(&setup->config, section, reterr);
			return EX_CONFIG;
		}
	}
	return EX_OK;
}

/* All answers are given; what is left to do can be skipped. */
static void leave(int number)
{
	(void)number;
	_exit(EX_OK);
}

/* The log begins once nothing can be wrong with the command line or the configuration. */
static void start_log(const struct setup *setup)
{
	enum log_level level;
	if (log_level_parse(setup->config.daemon.log_level, &level))
		log_start(level);
}

static int run_loop(const struct options *options, const struct setup *setup,
	struct runtime *runtime, struct error *reterr)
{
	if (!runtime_start(runtime, (double)setup->config.daemon.drain_timeout, reterr))
		return EX_UNAVAILABLE;
	options_print_hint(options, stdout);
	runtime_run(runtime, leave);
	return EX_OK;
}

static int serve(const struct options *options, struct setup *setup, struct error *reterr)
{
	struct runtime *runtime = runtime_create(setup->quoter, &setup->rng, reterr);
	if (runtime == NULL)
		return EX_OSERR;
	int status = add_frontends(setup, runtime, reterr);
	if (status == EX_OK)
		quoter_check_days(setup->quoter, &setup->warnings);
	bool runs = status == EX_OK && options->action == OPTIONS_ACTION_RUN;
	if (runs)
		start_log(setup);
	log_warnings("quoted", &setup->warnings);
	if (runs)
		status = run_loop(options, setup, runtime, reterr);
	runtime_destroy(runtime);
	return status;
}

static int run(const struct options *options)
{
	struct setup setup = {.frontends = frontends};
	struct error error = {0};
	int status = configure(options, &setup, &error);
	if (status == EX_OK)
		status = serve(options, &setup, &error);
	else
		log_warnings("quoted", &setup.warnings);
	if (status != EX_OK)
		setup_report(&setup, &error);
	setup_finish(&setup);
	return status;
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

int main(int argc, char **argv)
{
	struct options options;
	struct error error;
	if (argc > 1 && shell_options_is_command(argv[1]))
		return shell_main(argc, argv, frontends);
	process_prepare(false);
	if (!options_parse(argc, argv, &options, &error)) {
		log_error("quoted", "%s", error.text);
		return EX_USAGE;
	}
	int status = EX_OK;
	switch (options.action) {
	case OPTIONS_ACTION_RUN:
	case OPTIONS_ACTION_CHECK:
		status = run(&options);
		break;
	case OPTIONS_ACTION_HELP:
		status = print(options_help);
		break;
	case OPTIONS_ACTION_VERSION:
		status = print("quoted " QUOTED_VERSION "\n");
		break;
	}
	common_options_finish(&options.common);
	return status;
}
