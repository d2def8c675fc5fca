#include "config/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "config/installed_quotes.h"
#include "core/base/mem.h"

static const char intro[] =
	"Usage: quoted [OPTION]... [FILE]...\n"
	"       quoted COMMAND [OPTION]... [OPERAND]...\n"
	"Serves quotes over QOTD, the web, mail and IRC. The commands work at the shell, without\n"
	"the daemon; each has a --help of its own:\n"
	"\n";

static const char outro[] =
	"\n"
	"Files of quotes, or directories of fortune files, replace the configured quotes and -s.\n"
	"Exit status: 0 stopped by a signal, 64 wrong usage, 66 no quotes in the files named,\n"
	"69 an address cannot be used, 71 the system refused, 74 cannot write the output,\n"
	"78 wrong configuration.\n";

/* OPTION_SEED and OPTION_LOG_FORMAT are the ids of options that have no letter. */
enum { OPTIONS_PORT_DEFAULT = 1717, OPTION_SEED = 1, OPTION_LOG_FORMAT = 2 };

const struct option_row options_rows[] = {
	{'c', 'c', "config", "FILE",
		"read FILE; without it, /etc/quoted/quoted.conf if that exists, or\n"
		"else serve QOTD on port 1717 and the web on port 8017, to this\n"
		"machine only"},
	{'t', 't', "test", NULL, "check the configuration and exit: 0 good, 78 bad"},
	{'T', 'T', "dump", NULL, "the same, and print the configuration with all its defaults"},
	{'p', 'p', "port", "PORT", "serve QOTD on this TCP and UDP port, not the configured one"},
	{'s', 's', "static", "TEXT", "serve TEXT as the only quote"},
	{OPTION_LOG_FORMAT, '\0', "log-format", "FORMAT",
		"write the log as plain lines or json, whatever is configured"},
	{OPTION_SEED, '\0', "seed", "NUMBER",
		"make the same random choices as every run with this NUMBER"},
	{'h', 'h', "help", NULL, "print this and exit"},
	{'V', 'V', "version", NULL, "print the version and exit"},
	{0},
};

static bool parse_port(const char *text, long *ret_port, struct error *reterr)
{
	char *end;
	errno = 0;
	long port = strtol(text, &end, 10);
	if (end != text && *end == '\0' && errno == 0 && port >= 1 && port <= 65535) {
		*ret_port = port;
		return true;
	}
	error_set(reterr, "--port: '%s' is not a port number from 1 to 65535", text);
	return false;
}

static bool take_log_format(const char *text, const char **ret_format, struct error *reterr)
{
	*ret_format = text;
	if (strcmp(text, "plain") == 0 || strcmp(text, "json") == 0)
		return true;
	error_set(reterr, "--log-format: '%s' is neither plain nor json", text);
	return false;
}

static void add_text(struct common_options *options, const char *text)
{
	char *spec = mem_format("static:%s", text);
	strings_add(&options->quotes, spec);
	free(spec);
}

static bool take_option(
	int id, char **argv, struct options *options, const char **text, struct error *reterr)
{
	switch (id) {
	case 'c':
		options->common.config_path = optarg;
		return true;
	case 't':
		options->action = OPTIONS_ACTION_CHECK;
		return true;
	case 'T':
		options->action = OPTIONS_ACTION_PRINT;
		return true;
	case 'p':
		return parse_port(optarg, &options->port, reterr);
	case OPTION_LOG_FORMAT:
		return take_log_format(optarg, &options->log_format, reterr);
	case OPTION_SEED:
		return common_options_take_seed(&options->common, optarg, reterr);
	case 's':
		*text = optarg;
		return true;
	case 'h':
		options->action = OPTIONS_ACTION_HELP;
		return true;
	case 'V':
		options->action = OPTIONS_ACTION_VERSION;
		return true;
	}
	return option_row_refuse(id, argv, "quoted --help", reterr);
}

static bool is_run(const struct options *options)
{
	return options->action == OPTIONS_ACTION_RUN || options->action == OPTIONS_ACTION_CHECK ||
	       options->action == OPTIONS_ACTION_PRINT;
}

bool options_parse(int argc, char **argv, struct options *ret_options, struct error *reterr)
{
	*ret_options = (struct options){0};
	const char *text = NULL;
	optind = 0;
	while (is_run(ret_options)) {
		int id = option_row_next(options_rows, argc, argv);
		if (id == -1)
			break;
		if (!take_option(id, argv, ret_options, &text, reterr)) {
			*ret_options = (struct options){0};
			return false;
		}
	}
	for (int i = optind; is_run(ret_options) && i < argc; i++)
		installed_quotes_add(&ret_options->common.quotes, argv[i]);
	if (text != NULL && ret_options->common.quotes.count == 0)
		add_text(&ret_options->common, text);
	return true;
}

char *options_help(const char *commands)
{
	struct buffer out = {0};
	buffer_format(&out, "%s%s\n", intro, commands);
	option_row_add_help(options_rows, &out);
	buffer_add(&out, outro);
	return out.data;
}

void options_print_hint(const struct options *options, FILE *file)
{
	fprintf(file,
		"Try: nc localhost %ld\n"
		"Try: http://localhost:8017/ in a browser\n"
		"Configure: quoted -c FILE, see quoted.conf and --help; stop: Ctrl-C\n",
		options->port != 0 ? options->port : (long)OPTIONS_PORT_DEFAULT);
	fflush(file);
}
