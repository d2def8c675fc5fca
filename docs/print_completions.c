/* Prints the completions of bash, zsh or fish from the tables of options. */
#include <stdio.h>
#include <string.h>

#include "config/options.h"
#include "frontends/shell/shell_options.h"

/* A command line: "quoted", or "quoted quote" and its like. */
struct line {
	const char *name; /* of the command; NULL: the daemon */
	const struct option_row *rows;
	const struct shell_action *actions;                /* NULL: none */
	struct option_row table[SHELL_OPTIONS_TABLE_SIZE]; /* the rows of a command */
};

static bool is_file(const struct option_row *row)
{
	return row->argument != NULL && strcmp(row->argument, "FILE") == 0;
}

/* Prints a text in one line, between single quotes, with a backslash before each of \p special. */
static void print_text(const char *text, const char *special)
{
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fputs("'\\'", stdout);
		else if (strchr(special, *text) != NULL)
			putchar('\\');
		putchar(*text == '\n' ? ' ' : *text);
	}
}

enum bash_kind { BASH_KIND_ALL, BASH_KIND_FILE, BASH_KIND_VALUE };

static bool is_kind(const struct option_row *row, enum bash_kind kind)
{
	switch (kind) {
	case BASH_KIND_ALL:
		return true;
	case BASH_KIND_FILE:
		return is_file(row);
	case BASH_KIND_VALUE:
		return row->argument != NULL && !is_file(row);
	}
	return false;
}

static void print_bash_words(const struct line *line, const char *name, enum bash_kind kind)
{
	printf(" %s='", name);
	for (const struct option_row *row = line->rows; row->help != NULL; row++) {
		if (!is_kind(row, kind))
			continue;
		if (row->letter != '\0')
			printf(" -%c", row->letter);
		if (row->name != NULL)
			printf(" --%s", row->name);
	}
	fputs(" '", stdout);
}

static void print_bash_actions(const struct line *line)
{
	if (line->actions == NULL)
		return;
	fputs(" actions='", stdout);
	for (const struct shell_action *action = line->actions; action->name != NULL; action++)
		printf(" %s", action->name);
	fputs(" '", stdout);
}

static void print_bash_line(const struct line *line)
{
	printf("\t%s)", line->name != NULL ? line->name : "*");
	print_bash_words(line, "options", BASH_KIND_ALL);
	print_bash_words(line, "files", BASH_KIND_FILE);
	print_bash_words(line, "values", BASH_KIND_VALUE);
	print_bash_actions(line);
	puts(" ;;");
}

/* bash makes a word of the "=" in --config=FILE. */
static void print_bash(const struct line *lines, size_t count)
{
	fputs("# Completions of quoted for bash.\n"
	      "_quoted()\n"
	      "{\n"
	      "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
	      "\tlocal command='' names='' options files values actions='' other\n"
	      "\tif [[ $word == = ]]; then\n"
	      "\t\tword=''\n"
	      "\telif [[ $before == = ]]; then\n"
	      "\t\tbefore=${COMP_WORDS[COMP_CWORD - 2]}\n"
	      "\tfi\n"
	      "\tif ((COMP_CWORD > 1)); then\n"
	      "\t\tcommand=${COMP_WORDS[1]}\n"
	      "\telse\n"
	      "\t\tnames='",
		stdout);
	for (size_t i = 1; i < count; i++)
		printf("%s%s", i > 1 ? " " : "", lines[i].name);
	puts("'\n\tfi\n\tcase $command in");
	for (size_t i = count; i-- > 0;)
		print_bash_line(&lines[i]);
	puts("\tesac\n"
	     "\tCOMPREPLY=()\n"
	     "\tif [[ $values == *\" $before \"* ]]; then\n"
	     "\t\treturn\n"
	     "\telif [[ $word == -* && $files != *\" $before \"* ]]; then\n"
	     "\t\tmapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
	     "\t\treturn\n"
	     "\telif [[ $files == *\" $before \"* ]]; then\n"
	     "\t\tnames=''\n"
	     "\tfi\n"
	     "\tfor other in \"${COMP_WORDS[@]:2:COMP_CWORD-2}\"; do\n"
	     "\t\tif [[ $actions == *\" $other \"* ]]; then\n"
	     "\t\t\tactions=' '\n"
	     "\t\tfi\n"
	     "\tdone\n"
	     "\tif [[ -n $actions && $files != *\" $before \"* ]]; then\n"
	     "\t\tmapfile -t COMPREPLY < <(compgen -W \"$actions\" -- \"$word\")\n"
	     "\t\treturn\n"
	     "\tfi\n"
	     "\tmapfile -t COMPREPLY < <(compgen -W \"$names\" -- \"$word\"; compgen -f -- "
	     "\"$word\")\n"
	     "}\n"
	     "complete -o filenames -F _quoted quoted");
}

/* '(-c --config)-c+[read FILE]:FILE:_files' */
static void print_zsh_form(const struct option_row *row, bool is_long)
{
	fputs("\t\t'", stdout);
	if (row->letter != '\0' && row->name != NULL)
		printf("(-%c --%s)", row->letter, row->name);
	if (is_long)
		printf("--%s%s", row->name, row->argument != NULL ? "=" : "");
	else
		printf("-%c%s", row->letter, row->argument != NULL ? "+" : "");
	putchar('[');
	print_text(row->help, "[]\\:");
	putchar(']');
	if (row->argument != NULL)
		printf(":%s:%s", row->argument, is_file(row) ? "_files" : "");
	puts("'");
}

/* _arguments has an "actions" of its own. */
static void print_zsh_actions(const struct line *line)
{
	if (line->actions == NULL)
		return;
	puts("\tverbs=(");
	for (const struct shell_action *action = line->actions; action->name != NULL; action++)
		printf("\t\t'%s:%s'\n", action->name, action->help);
	puts("\t)");
}

static void print_zsh_line(const struct line *line)
{
	printf("%s)\n\tspecs=(\n", line->name != NULL ? line->name : "*");
	for (const struct option_row *row = line->rows; row->help != NULL; row++) {
		if (row->letter != '\0')
			print_zsh_form(row, false);
		if (row->name != NULL)
			print_zsh_form(row, true);
	}
	puts("\t)");
	print_zsh_actions(line);
	puts("\t;;");
}

static void print_zsh(const struct line *lines, size_t count)
{
	puts("#compdef quoted\n"
	     "local -a specs names verbs\n"
	     "local command=''\n"
	     "names=(");
	for (size_t i = 1; i < count; i++)
		printf("\t'%s:%s'\n", lines[i].name, shell_options_commands[i - 1].help);
	puts(")\n"
	     "if (( CURRENT > 2 )); then\n"
	     "\tcommand=$words[2]\n"
	     "fi\n"
	     "case $command in");
	for (size_t i = count; i-- > 0;)
		print_zsh_line(&lines[i]);
	puts("esac\n"
	     "if [[ -n $names[(r)$command:*] ]]; then\n"
	     "\tshift words\n"
	     "\t(( CURRENT-- ))\n"
	     "fi\n"
	     "if (( CURRENT == 2 )) && [[ -z $command ]]; then\n"
	     "\tspecs+=('1: :{ _describe command names; _files }')\n"
	     "fi\n"
	     "if (( $#verbs )); then\n"
	     "\tspecs+=('1: :{ _describe action verbs }' '*:value:()')\n"
	     "else\n"
	     "\tspecs+=('*:file:_files')\n"
	     "fi\n"
	     "_arguments -s -S $specs");
}

static void print_fish_line(const struct line *line)
{
	for (const struct option_row *row = line->rows; row->help != NULL; row++) {
		printf("complete -c quoted -n '%s%s'",
			line->name != NULL ? "__quoted_is " : "__fish_use_subcommand",
			line->name != NULL ? line->name : "");
		if (row->letter != '\0')
			printf(" -s %c", row->letter);
		if (row->name != NULL)
			printf(" -l %s", row->name);
		if (row->argument != NULL)
			fputs(is_file(row) ? " -r -F" : " -x", stdout);
		fputs(" -d '", stdout);
		print_text(row->help, "\\");
		puts("'");
	}
}

/* Offered until there is one, in place of files. */
static void print_fish_actions(const struct line *line)
{
	if (line->actions == NULL)
		return;
	printf("complete -c quoted -n '__quoted_is %s' -f\n", line->name);
	for (const struct shell_action *action = line->actions; action->name != NULL; action++) {
		printf("complete -c quoted -n '__quoted_is %s; and not "
		       "__fish_seen_subcommand_from",
			line->name);
		for (const struct shell_action *other = line->actions; other->name != NULL; other++)
			printf(" %s", other->name);
		printf("' -a %s -d '%s'\n", action->name, action->help);
	}
}

static void print_fish(const struct line *lines, size_t count)
{
	puts("# Completions of quoted for fish.\n"
	     "function __quoted_is\n"
	     "\tset -l words (commandline -opc)\n"
	     "\ttest \"$words[2]\" = $argv[1]\n"
	     "end");
	for (size_t i = 1; i < count; i++)
		printf("complete -c quoted -n __fish_use_subcommand -a %s -d '%s'\n", lines[i].name,
			shell_options_commands[i - 1].help);
	for (size_t i = 0; i < count; i++) {
		print_fish_line(&lines[i]);
		print_fish_actions(&lines[i]);
	}
}

static void fill(struct line *line, enum shell_command command)
{
	size_t known = shell_options_table(command, line->table);
	line->name = shell_options_commands[command].name;
	line->table[known] = (struct option_row){0};
	line->rows = line->table;
	line->actions = shell_rules_actions(command);
}

int main(int argc, char **argv)
{
	enum { LINES_MAX = 16 };
	static const struct {
		const char *shell;
		void (*print)(const struct line *lines, size_t count);
	} printers[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
	struct line lines[LINES_MAX] = {{.rows = options_rows}};
	size_t count = 1;
	for (; shell_options_commands[count - 1].name != NULL && count < LINES_MAX; count++)
		fill(&lines[count], (enum shell_command)(count - 1));
	for (size_t i = 0; argc == 2 && i < sizeof printers / sizeof printers[0]; i++) {
		if (strcmp(argv[1], printers[i].shell) != 0)
			continue;
		printers[i].print(lines, count);
		return fflush(stdout) == 0 ? 0 : 74;
	}
	fputs("usage: print_completions bash|zsh|fish\n", stderr);
	return 64;
}
