#include "frontends/shell/shell_operands.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/installed_quotes.h"
#include "core/base/file_read.h"
#include "core/base/mem.h"

enum { WHOLE = 100, DIGITS_MAX = 9 };

static bool is_directory(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool can_be_read(const char *path, struct error *reterr)
{
	if (is_directory(path)) {
		DIR *directory = opendir(path);
		if (directory == NULL)
			error_set(reterr, "%s: %s", path, strerror(errno));
		return directory != NULL && closedir(directory) == 0;
	}
	int fd = file_open(path, reterr);
	return fd >= 0 && close(fd) == 0;
}

/* Returns the path of the system's file of this name, the offensive one if only these are wanted;
 * NULL if there is none. */
static char *find_installed(const struct shell_options *options, const char *word)
{
	char *offensive = mem_format("%s-o", word);
	char *path = options->common.only_offensive && access(word, F_OK) != 0
			     ? installed_quotes_find(offensive)
			     : NULL;
	free(offensive);
	return path != NULL ? path : installed_quotes_find(word);
}

/* The names in a configuration are those of its collections. */
static void take(struct shell_options *options, const char *word)
{
	struct error error;
	bool check = options->command == SHELL_COMMAND_CHECK;
	bool configured = options->common.config_path != NULL && !check;
	bool is_spec = common_options_is_spec(word);
	bool is_name = !is_spec && access(word, F_OK) != 0 && strchr(word, '/') == NULL;
	char *installed = configured ? NULL : find_installed(options, word);
	if (installed != NULL)
		common_options_add_file(&options->common.quotes, installed);
	else if (is_name && !check)
		strings_add(&options->collections, word);
	else if (check && !is_spec && !can_be_read(word, &error))
		strings_add(&options->findings, error.text);
	else
		common_options_add_file(&options->common.quotes, word);
	free(installed);
}

/* Returns the length of "30%" or "2.5%" at the start of a word, else 0. */
static size_t percent_length(const char *word)
{
	size_t length = strspn(word, "0123456789.");
	return *word >= '0' && *word <= '9' && word[length] == '%' ? length + 1 : 0;
}

static bool parse_percent(const char *word, long *ret_percent, struct error *reterr)
{
	size_t digits = strspn(word, "0123456789");
	*ret_percent = digits <= DIGITS_MAX ? strtol(word, NULL, 10) : WHOLE + 1;
	if (word[digits] == '%' && *ret_percent <= WHOLE)
		return true;
	error_set(reterr, "%.*s: a percentage is an integer from 0 to 100",
		(int)percent_length(word), word);
	return false;
}

static bool add_weighted(
	struct shell_options *options, const char *word, long percent, struct error *reterr)
{
	common_options_add_file(&options->common.quotes, word);
	size_t last = options->common.quotes.count - 1;
	options->common.percents =
		mem_resize(options->common.percents, last + 1, sizeof *options->common.percents);
	options->common.percents[last] = percent;
	for (size_t i = 0; i < last; i++) {
		if (strcmp(options->common.quotes.items[i], options->common.quotes.items[last]) !=
			0)
			continue;
		error_set(reterr, "%s is named twice; give it one percentage", word);
		return false;
	}
	return true;
}

static bool take_weighted(
	struct shell_options *options, char **words, int count, struct error *reterr)
{
	for (int i = 0; i < count; i++) {
		const char *word = words[i];
		long percent = COMMON_OPTIONS_NO_PERCENT;
		size_t length = percent_length(word);
		if (length > 0 && !parse_percent(word, &percent, reterr))
			return false;
		word += length;
		if (*word == '\0' && i + 1 < count && percent_length(words[i + 1]) == 0)
			word = words[++i];
		if (*word == '\0') {
			error_set(reterr, "%s: name a file after it", words[i]);
			return false;
		}
		if (!add_weighted(options, word, percent, reterr))
			return false;
	}
	return true;
}

/* These are fortune's rules. */
static bool check_sum(const struct shell_options *options, struct error *reterr)
{
	long sum = 0;
	const char *rest = NULL;
	for (size_t i = 0; i < options->common.quotes.count; i++) {
		if (options->common.percents[i] != COMMON_OPTIONS_NO_PERCENT)
			sum += options->common.percents[i];
		else if (rest == NULL)
			rest = strchr(options->common.quotes.items[i], ':') + 1;
	}
	if (sum > WHOLE)
		error_set(reterr, "the percentages add up to %ld; lower them to 100", sum);
	else if (sum == WHOLE && rest != NULL)
		error_set(reterr,
			"the percentages add up to 100 and leave nothing for %s; lower one", rest);
	else if (sum < WHOLE && rest == NULL)
		error_set(reterr,
			"the percentages add up to %ld; name a file without one to take the rest",
			sum);
	else
		return true;
	return false;
}

static bool take_target(
	struct shell_options *options, char **words, int count, struct error *reterr)
{
	const char *word = count > 0 ? words[0] : "localhost";
	struct host_port *target = &options->target;
	bool good = host_port_parse(word, target) &&
		    (*word != '[' || strchr(target->host, ':') != NULL);
	if (count > 1)
		error_set(reterr, "%s: one server is enough; name only one", words[1]);
	else if (!good)
		error_set(reterr,
			"'%s' is not a server; write HOST, HOST:PORT or [IPV6]:PORT, with a port "
			"from 1 to 65535",
			word);
	return good && count <= 1;
}

static bool take_recipient(
	struct shell_options *options, char **words, int count, struct error *reterr)
{
	options->recipient = count > 0 ? words[0] : NULL;
	if (count <= 1)
		return true;
	error_set(reterr, "%s: one address is enough; name only one", words[1]);
	return false;
}

static bool take_action(
	struct shell_options *options, char **words, int count, struct error *reterr)
{
	if (!shell_rules_check_action(options->command, words, count, reterr))
		return false;
	options->action = words[0];
	options->subjects = words + 1;
	options->subject_count = count - 1;
	if (!options->json || count == 1)
		return true;
	error_set(reterr, "--json works only with 'quoted queue list'");
	return false;
}

bool shell_operands_take(
	struct shell_options *options, char **words, int count, struct error *reterr)
{
	bool weighted = false;
	if (options->command == SHELL_COMMAND_GET)
		return take_target(options, words, count, reterr);
	if (options->command == SHELL_COMMAND_DELIVER)
		return take_recipient(options, words, count, reterr);
	if (shell_rules_actions(options->command) != NULL)
		return take_action(options, words, count, reterr);
	for (int i = 0; i < count; i++)
		weighted |= percent_length(words[i]) > 0;
	if (weighted)
		return take_weighted(options, words, count, reterr) && check_sum(options, reterr);
	for (int i = 0; i < count; i++)
		take(options, words[i]);
	/* If none can be read, they still replace the configured quotes. */
	for (int i = 0; i < count && options->findings.count == (size_t)count; i++)
		common_options_add_file(&options->common.quotes, words[i]);
	return true;
}
