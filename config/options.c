#include "config/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/rng.h"

const char options_help[] =
	"Usage: quoted [OPTION]... [FORTUNE-FILE]...\n"
	"Serves quotes over QOTD, the web, mail and IRC.\n"
	"\n"
	"  -c, --config FILE  read FILE; without one, QOTD on port 1717 and the web on\n"
	"                     port 8017, for this machine only\n"
	"  -t, --test         check the configuration and exit: 0 good, 78 bad\n"
	"  -p, --port PORT    QOTD's TCP and UDP port in place of the configured one\n"
	"  -s, --static TEXT  TEXT is the only quote\n"
	"      --seed NUMBER  repeat the choices that belong to NUMBER\n"
	"  -h, --help         print this and exit\n"
	"  -V, --version      print the version and exit\n"
	"\n"
	"Fortune files (or directories of them) replace the configured quotes, and win\n"
	"over -s. Exit status: 0 stopped as asked, 64 usage, 66 no quotes in what the\n"
	"command line names, 71 the system refused, 74 output, 78 configuration.\n";

enum { OPTIONS_PORT_DEFAULT = 1717, OPTION_SEED = 256 };

static const char builtin_config[] = "qotd \"default\" {} web \"default\" { qotd_port = 1717 }";

static const char short_options[] = ":c:tp:s:hV";

static const struct option long_options[] = {
	{"config", required_argument, NULL, 'c'},
	{"test", no_argument, NULL, 't'},
	{"port", required_argument, NULL, 'p'},
	{"static", required_argument, NULL, 's'},
	{"seed", required_argument, NULL, OPTION_SEED},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, 'V'},
	{NULL, 0, NULL, 0},
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
	error_set(reterr, "--port: '%s' is no port; it goes from 1 to 65535", text);
	return false;
}

static void add_quote(struct strings *quotes, const char *kind, const char *value)
{
	char *spec = mem_format("%s:%s", kind, value);
	strings_add(quotes, spec);
	free(spec);
}

static bool refuse_option(int letter, char **argv, struct error *reterr)
{
	const char *problem = letter == ':' ? "needs a value" : "no such option, or not used so";
	const char *word = argv[optind - 1];
	if (optopt != 0 && letter == '?' && strncmp(word, "--", 2) != 0)
		error_set(reterr, "-%c: %s; try --help", optopt, problem);
	else
		error_set(reterr, "%s: %s; try --help", word, problem);
	return false;
}

static bool take_option(
	int letter, char **argv, struct options *options, const char **text, struct error *reterr)
{
	switch (letter) {
	case 'c':
		options->config_path = optarg;
		return true;
	case 't':
		options->action = OPTIONS_ACTION_CHECK;
		return true;
	case 'p':
		return parse_port(optarg, &options->port, reterr);
	case OPTION_SEED:
		options->seeded = rng_parse_seed(optarg, &options->seed, reterr);
		return options->seeded;
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
	return refuse_option(letter, argv, reterr);
}

bool options_parse(int argc, char **argv, struct options *ret_options, struct error *reterr)
{
	*ret_options = (struct options){0};
	const char *text = NULL;
	optind = 0;
	for (;;) {
		int letter = getopt_long(argc, argv, short_options, long_options, NULL);
		if (letter == -1)
			break;
		if (!take_option(letter, argv, ret_options, &text, reterr)) {
			*ret_options = (struct options){0};
			return false;
		}
		if (letter == 'h' || letter == 'V')
			return true;
	}
	for (int i = optind; i < argc; i++)
		add_quote(&ret_options->quotes, "fortune", argv[i]);
	if (text != NULL && ret_options->quotes.count == 0)
		add_quote(&ret_options->quotes, "static", text);
	return true;
}

bool options_read_config(const struct options *options, const struct config_schema *schemas,
	struct config *ret_config, struct error *reterr)
{
	if (options->config_path != NULL)
		return config_read(options->config_path, schemas, ret_config, reterr);
	return config_parse(
		"built-in", builtin_config, sizeof builtin_config - 1, schemas, ret_config, reterr);
}

void options_print_hint(const struct options *options, FILE *file)
{
	if (options->config_path != NULL)
		return;
	fprintf(file,
		"Try: nc localhost %ld\n"
		"Try: http://localhost:8017/ in a browser\n"
		"Configure: quoted -c FILE, see quoted.conf and --help; stop: Ctrl-C\n",
		options->port != 0 ? options->port : (long)OPTIONS_PORT_DEFAULT);
	fflush(file);
}

void options_finish(struct options *options)
{
	strings_finish(&options->quotes);
	*options = (struct options){0};
}

uint64_t options_seed(const struct options *options, uint64_t fallback)
{
	return options->seeded ? options->seed : fallback;
}
