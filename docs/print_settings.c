/* Prints config/quoted.conf from the tables of settings, each with its default in a comment. */
#include <stdio.h>
#include <string.h>

#include "config/collection_settings.h"
#include "config/daemon_options.h"
#include "frontends/irc/irc_frontend.h"
#include "frontends/mail/mail_frontend.h"
#include "frontends/qotd/qotd_frontend.h"
#include "frontends/status/status_frontend.h"
#include "frontends/web/web_frontend.h"

static const char head[] =
	"# The configuration of quoted. The defaults are commented out; see quoted(1).\n"
	"# At least one front end must be configured: a section qotd, web, mail or irc.\n"
	"# Metrics, health and readiness: a section status.\n"
	"# A section can appear several times, each time with its own title.\n"
	"# To read another file too, or all *.conf files of a directory: include = \"conf.d\"\n"
	"# Addresses: \"127.0.0.1:17\", \"[::1]:17\", \"localhost:17\", \"*:17\", "
	"\"unix:/path\".\n";

static void print_row(const struct setting *row, const char *indent)
{
	const char *text = row->fallback != NULL ? row->fallback : "";
	printf("\n%s# %s", indent, row->help);
	if (row->type == SETTING_TYPE_INTEGER && (row->minimum != 0 || row->maximum != 0))
		printf(" (%ld to %ld)", row->minimum, row->maximum);
	if (row->type == SETTING_TYPE_STRINGS && *text == '\0')
		text = "{}";
	bool is_text = row->type == SETTING_TYPE_STRING || row->type == SETTING_TYPE_CHOICE;
	const char *quote = is_text && *text != '"' ? "\"" : "";
	printf("\n%s#%s = %s%s%s\n", indent, row->name, quote, text, quote);
}

static void print_section(const char *name, const char *title, const struct setting *rows)
{
	printf("\n#%s \"%s\" {\n", name, title);
	for (const struct setting *row = rows; row->name != NULL; row++)
		print_row(row, "\t");
	puts("\n#}");
}

int main(void)
{
	fputs(head, stdout);
	for (const struct setting *row = daemon_options_settings; row->name != NULL; row++)
		print_row(row, "");
	static const struct frontend_ops *const frontends[] = {&qotd_frontend_ops,
		&web_frontend_ops, &mail_frontend_ops, &irc_frontend_ops, &status_frontend_ops};
	print_section(COLLECTION_SETTINGS_NAME, "name", collection_settings);
	for (size_t i = 0; i < sizeof frontends / sizeof *frontends; i++)
		print_section(frontends[i]->name, "default", frontends[i]->settings);
	return 0;
}
