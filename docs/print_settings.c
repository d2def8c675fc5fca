/* Prints config/quoted.conf from the tables of settings, each with its default in a comment; or,
 * with the argument "manual", the settings as a part of quoted.conf(5). */
#include <stdio.h>
#include <string.h>

#include "config/collection_settings.h"
#include "config/daemon_options.h"
#include "core/base/buffer.h"
#include "frontends/irc/irc_frontend.h"
#include "frontends/mail/mail_frontend.h"
#include "frontends/qotd/qotd_frontend.h"
#include "frontends/status/status_frontend.h"
#include "frontends/web/web_frontend.h"

static const char head[] =
	"# The configuration of quoted. The defaults are commented out; see quoted.conf(5).\n"
	"# At least one front end must be configured: a section qotd, web, mail or irc.\n"
	"# Metrics, health and readiness: a section status.\n"
	"# A section can appear several times, each time with its own title.\n"
	"# To read another file too, or all *.conf files of a directory: include = \"conf.d\"\n"
	"# Addresses: \"127.0.0.1:17\", \"[::1]:17\", \"localhost:17\", \"*:17\", "
	"\"unix:/path\".\n";

/* Appends "NAME = DEFAULT". */
static void add_setting(const struct setting *row, struct buffer *out)
{
	const char *text = row->fallback != NULL ? row->fallback : "";
	if (row->type == SETTING_TYPE_STRINGS && *text == '\0')
		text = "{}";
	bool is_text = row->type == SETTING_TYPE_STRING || row->type == SETTING_TYPE_CHOICE;
	const char *quote = is_text && *text != '"' ? "\"" : "";
	buffer_format(out, "%s = %s%s%s", row->name, quote, text, quote);
}

static void add_help(const struct setting *row, struct buffer *out)
{
	buffer_add(out, row->help);
	if (row->type == SETTING_TYPE_INTEGER && (row->minimum != 0 || row->maximum != 0))
		buffer_format(out, " (%ld to %ld)", row->minimum, row->maximum);
}

static void print_row(const struct setting *row, const char *indent)
{
	struct buffer text = {0};
	buffer_format(&text, "\n%s# ", indent);
	add_help(row, &text);
	buffer_format(&text, "\n%s#", indent);
	add_setting(row, &text);
	puts(text.data);
	buffer_finish(&text);
}

static void print_section(const char *name, const char *title, const struct setting *rows)
{
	printf("\n#%s \"%s\" {\n", name, title);
	for (; rows->name != NULL; rows++)
		print_row(rows, "\t");
	puts("\n#}");
}

/* Prints a word as mdoc wants it in a line of text or between quotes. */
static void print_word(const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		switch (word[i]) {
		case '"':
			fputs("\\(dq", stdout);
			break;
		case '\\':
			fputs("\\e", stdout);
			break;
		case '-':
			fputs("\\-", stdout);
			break;
		default:
			putchar(word[i]);
		}
}

/* Prints a text in lines of less than 80 octets. A dot at the start would make a macro. */
static void print_lines(const char *text)
{
	enum { WIDTH = 60 };
	size_t column = 0;
	while (*text != '\0') {
		size_t length = strcspn(text, " ");
		if (column > 0)
			putchar(column + length > WIDTH ? '\n' : ' ');
		column = column + length > WIDTH ? 0 : column;
		if (column == 0 && (*text == '.' || *text == '\''))
			fputs("\\&", stdout);
		print_word(text, length);
		column += length + 1;
		text += length + strspn(text + length, " ");
	}
	putchar('\n');
}

static void print_manual_row(const struct setting *row)
{
	struct buffer text = {0};
	add_setting(row, &text);
	fputs(".It Ic \"", stdout);
	print_word(text.data, text.length);
	puts("\"");
	buffer_clear(&text);
	add_help(row, &text);
	buffer_add(&text, ".");
	print_lines(text.data);
	buffer_finish(&text);
}

static void print_manual_section(const char *name, const char *title, const struct setting *rows)
{
	if (title != NULL)
		printf(".Ss %s \\(dq%s\\(dq { ... }\n", name, title);
	else
		printf(".Ss %s\n", name);
	puts(".Bl -tag -width Ds");
	for (; rows->name != NULL; rows++)
		print_manual_row(rows);
	puts(".El");
}

int main(int argc, char **argv)
{
	static const struct frontend_ops *const frontends[] = {&qotd_frontend_ops,
		&web_frontend_ops, &mail_frontend_ops, &irc_frontend_ops, &status_frontend_ops};
	bool manual = argc > 1 && strcmp(argv[1], "manual") == 0;
	void (*print)(const char *, const char *, const struct setting *) =
		manual ? print_manual_section : print_section;
	if (manual)
		print("Outside of sections", NULL, daemon_options_settings);
	else
		fputs(head, stdout);
	for (const struct setting *row = daemon_options_settings; !manual && row->name != NULL;
		row++)
		print_row(row, "");
	print(COLLECTION_SETTINGS_NAME, "name", collection_settings);
	for (size_t i = 0; i < sizeof frontends / sizeof *frontends; i++)
		print(frontends[i]->name, "default", frontends[i]->settings);
	return fflush(stdout) == 0 ? 0 : 74;
}
