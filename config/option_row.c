#include "config/option_row.h"

#include <getopt.h>
#include <string.h>

enum { ROWS_MAX = 32, LONG = 256 /* the first id of a long form, above all letters */ };

/* getopt's form of the rows. */
struct tables {
	char letters[1 + 2 * ROWS_MAX + 1];
	struct option names[ROWS_MAX + 1];
};

/* The ":" at the start tells a missing value from an unknown option. */
static void fill(struct tables *tables, const struct option_row *rows)
{
	char *letter = tables->letters;
	struct option *name = tables->names;
	*letter++ = ':';
	for (int i = 0; rows[i].help != NULL && i < ROWS_MAX; i++) {
		bool has_value = rows[i].argument != NULL;
		if (rows[i].name != NULL)
			*name++ = (struct option){rows[i].name, has_value, NULL, LONG + i};
		if (rows[i].letter == '\0')
			continue;
		*letter++ = rows[i].letter;
		if (has_value)
			*letter++ = ':';
	}
}

int option_row_next(const struct option_row *rows, int argc, char **argv)
{
	struct tables tables = {0};
	fill(&tables, rows);
	int found = getopt_long(argc, argv, tables.letters, tables.names, NULL);
	if (found >= LONG)
		return rows[found - LONG].id;
	if (found == -1 || found == '?' || found == ':')
		return found;
	while (rows->letter != found)
		rows++;
	return rows->id;
}

/* A letter may stand among others in its word, which getopt may not have left yet. */
bool option_row_refuse(int found, char **argv, const char *help, struct error *reterr)
{
	const char letter[] = {'-', (char)optopt, '\0'};
	bool is_letter = optopt > 0 && optopt < LONG;
	const char *name = is_letter ? letter : argv[optind - 1];
	int length = (int)strcspn(name, "=");
	if (found == ':')
		error_set(reterr, "option '%s' needs a value; see '%s'", name, help);
	else if (optopt >= LONG)
		error_set(reterr, "option '%.*s' takes no value; see '%s'", length, name, help);
	else
		error_set(reterr, "unknown option '%.*s'; see '%s'", length, name, help);
	return false;
}

/* "  -c, --config FILE" */
static void add_form(const struct option_row *row, struct buffer *out)
{
	if (row->letter != '\0')
		buffer_format(out, "  -%c%s", row->letter, row->name != NULL ? ", " : "");
	else
		buffer_add(out, "      ");
	if (row->name != NULL)
		buffer_format(out, "--%s", row->name);
	if (row->argument != NULL)
		buffer_format(out, " %s", row->argument);
}

static size_t widest(const struct option_row *rows)
{
	struct buffer form = {0};
	size_t width = 0;
	for (; rows->help != NULL; rows++) {
		buffer_clear(&form);
		add_form(rows, &form);
		width = form.length > width ? form.length : width;
	}
	buffer_finish(&form);
	return width;
}

static void add_row(const struct option_row *row, size_t width, struct buffer *out)
{
	size_t start = out->length;
	add_form(row, out);
	int blanks = (int)(width + start - out->length) + 2;
	for (const char *line = row->help; *line != '\0';) {
		size_t length = strcspn(line, "\n");
		buffer_format(out, "%*s%.*s\n", blanks, "", (int)length, line);
		line += length + (line[length] == '\n');
		blanks = (int)width + 2;
	}
}

void option_row_add_help(const struct option_row *rows, struct buffer *out)
{
	size_t width = widest(rows);
	for (; rows->help != NULL; rows++)
		add_row(rows, width, out);
}
