#include "shell_main.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "config/installed_quotes.h"
#include "config/revision.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_deliver.h"
#include "frontends/mail/mail_frontend.h"
#include "frontends/mail/queue/queue_command.h"
#include "frontends/mail/subscription/subscriber_command.h"
#include "frontends/runtime/process.h"
#include "frontends/shell/shell.h"
#include "setup.h"

/* Adds each wire that shows quotes to the quoter, which keeps it; the front end and the asker are
 * not needed. */
static bool add_wires(struct setup *setup, struct error *reterr)
{
	for (size_t i = 0; i < setup->config.section_count; i++) {
		const struct config_section *section = &setup->config.sections[i];
		const struct frontend_ops *ops = setup_frontend(setup, section);
		if (ops == NULL || ops->fit == NULL)
			continue;
		struct asker *asker = setup_asker(setup, section, NULL, reterr);
		if (asker == NULL)
			return config_locate(&setup->config, section, reterr);
		asker_destroy(asker);
	}
	return true;
}

static int open_quotes(
	struct setup *setup, const struct common_options *options, struct error *reterr)
{
	if (!setup_open_quotes(setup, NULL, NULL))
		return options->quotes.count > 0 ? EX_NOINPUT : EX_CONFIG;
	if (!add_wires(setup, reterr))
		return EX_CONFIG;
	/* The pins are of the configured quotes. */
	if (options->quotes.count == 0)
		quoter_check(setup->quoter, &setup->warnings);
	return EX_OK;
}

/* Returns whether it printed a quote without loading them all. */
static bool draw(const struct shell_options *options, struct setup *setup, struct output *out)
{
	if (!shell_options_ask_for_one(options))
		return false;
	struct strings warnings = {0}, problems = {0};
	struct loader loader = {.warnings = &warnings, .only_counts = true};
	struct library *counts = installed_quotes_load(&setup->config, &loader, &problems);
	bool drawn = problems.count == 0 && shell_draw(options, counts, setup->rng, out);
	strings_finish(&warnings);
	strings_finish(&problems);
	library_release(counts);
	return drawn;
}

/* Returns whether the problem only adds the setting to a sentence of the report. */
static bool is_told(const struct strings *findings, const char *problem)
{
	for (size_t i = 0; i < findings->count; i++) {
		if (strstr(problem, findings->items[i]) != NULL)
			return true;
	}
	return false;
}

/* One of those that need quotes. */
static int run_command(const struct shell_options *options, struct setup *setup, struct output *out,
	struct error *reterr)
{
	reterr->text[0] = '\0';
	if (options->command == SHELL_COMMAND_QUOTE)
		return shell_quote(options, setup->quoter, out, reterr);
	if (options->command == SHELL_COMMAND_LIST)
		return shell_list(options, setup->quoter, out, reterr);
	return shell_check(options, setup->quoter, &setup->warnings, out);
}

/* Adds to the report why there are not all quotes, and checks those that there are. */
static int check_rest(const struct shell_options *options, struct setup *setup, struct output *out,
	struct error *reterr)
{
	for (size_t i = 0; i < setup->problems.count; i++) {
		if (!is_told(&options->findings, setup->problems.items[i]))
			strings_add(&setup->warnings, setup->problems.items[i]);
	}
	strings_finish(&setup->problems);
	setup->lacks_quotes = false;
	if (setup->quoter != NULL && quoter_count(setup->quoter) > 0 && add_wires(setup, reterr))
		return run_command(options, setup, out, reterr);
	return shell_check_nothing(options, &setup->warnings, out);
}

static int run(const struct shell_options *options, struct setup *setup, struct output *out,
	struct error *reterr)
{
	int status = EX_CONFIG;
	if (setup_read_config(setup, &options->common, reterr)) {
		process_set_timezone(setup->config.daemon.timezone);
		if (draw(options, setup, out))
			return EX_OK;
		status = open_quotes(setup, &options->common, reterr);
	}
	if (status == EX_OK)
		return run_command(options, setup, out, reterr);
	if (setup->lacks_quotes && options->command == SHELL_COMMAND_CHECK)
		return check_rest(options, setup, out, reterr);
	log_warnings("quoted", &setup->warnings);
	return status;
}

static const struct mail_options *find_mail(const struct setup *setup)
{
	for (size_t i = 0; i < setup->config.section_count; i++)
		if (setup_frontend(setup, &setup->config.sections[i]) == &mail_frontend_ops)
			return setup->config.sections[i].options;
	return NULL;
}

/* Whatever is wrong with the configuration can be mended, and the mail server keeps the message. */
static int deliver(const struct shell_options *options, struct setup *setup, struct error *reterr)
{
	if (!setup_read_config(setup, &options->common, reterr))
		return EX_TEMPFAIL;
	const struct mail_options *mail = find_mail(setup);
	if (mail == NULL || mail->lmtp.count + mail->smtp.count == 0) {
		error_set(reterr, "the configuration has no mail section that listens; add one");
		return EX_TEMPFAIL;
	}
	bool lmtp = mail->lmtp.count > 0;
	struct mail_delivery delivery = {
		.address = lmtp ? mail->lmtp.items[0] : mail->smtp.items[0],
		.lmtp = lmtp,
		.sender = options->sender,
		.recipient =
			options->recipient != NULL ? options->recipient : mail->address.items[0],
		.max_bytes = (size_t)mail->max_message_bytes,
	};
	return mail_deliver(&delivery, stdin, reterr);
}

static int change_store(const struct shell_options *options, struct setup *setup,
	struct output *out, struct error *reterr)
{
	struct store_command command = {
		options->action, options->subjects, options->subject_count, options->json};
	if (!setup_read_config(setup, &options->common, reterr))
		return EX_CONFIG;
	process_set_timezone(setup->config.daemon.timezone);
	const char *directory = setup->config.daemon.state_directory;
	if (options->command == SHELL_COMMAND_QUEUE)
		return queue_command_run(&command, directory, out, reterr);
	return subscriber_command_run(&command, directory, out, reterr);
}

static void print_help(enum shell_command command, struct output *out)
{
	char *help = shell_options_help(command);
	output_add(out, help);
	free(help);
}

int shell_main(int argc, char **argv, const struct frontend_ops *const *frontends)
{
	struct shell_options options;
	struct rng rng;
	struct output out = {.file = stdout};
	struct error error = {0};
	int status = EX_OK;
	process_prepare(true);
	if (!shell_options_parse(argc, argv, &options, &error)) {
		log_error("quoted", "%s", error.text);
		return EX_USAGE;
	}
	rng_init(&rng, common_options_seed(&options.common, process_seed()));
	struct setup *setup = setup_create(frontends, &rng);
	if (options.help)
		print_help(options.command, &out);
	else if (options.version)
		output_add(&out, revision_text);
	else if (options.command == SHELL_COMMAND_GET)
		status = shell_get(&options, &out, &error);
	else if (options.command == SHELL_COMMAND_DELIVER)
		status = deliver(&options, setup, &error);
	else if (options.action != NULL)
		status = change_store(&options, setup, &out, &error);
	else
		status = run(&options, setup, &out, &error);
	if (status != EX_OK)
		setup_report(setup, &error);
	if (!output_flush(&out, &error)) {
		log_error("quoted", "%s", error.text);
		status = EX_IOERR;
	}
	setup_destroy(setup);
	shell_options_finish(&options);
	return status;
}
