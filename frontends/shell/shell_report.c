#include "frontends/shell/shell_report.h"

#include <stdio.h>
#include <string.h>

void shell_report_counts(
	const struct file_report *report, struct shell_report_count ret_counts[SHELL_REPORT_COUNTS])
{
	const struct shell_report_count counts[SHELL_REPORT_COUNTS] = {
		{"blank", "blank quote", "blank quotes", report->blank},
		{"comments", "comment", "comments", report->comments},
		{"undecodable", "octet outside the charset", "octets outside the charset",
			report->undecodable},
		{"escapes", "escape sequence", "escape sequences", report->escapes},
		{"controls", "control character", "control characters", report->controls},
		{"overstrikes", "overstrike", "overstrikes", report->overstrikes},
		{"tabs", "tab", "tabs", report->tabs},
		{"trailing_blanks", "line with trailing blanks", "lines with trailing blanks",
			report->trailing_blanks},
		{"carriage_returns", "carriage return", "carriage returns",
			report->carriage_returns},
		{"breaks", "Unicode line end", "Unicode line ends", report->breaks},
		{"marks", "byte order mark", "byte order marks", report->marks},
	};
	memcpy(ret_counts, counts, sizeof counts);
}

void shell_report_delimiter(
	const struct file_report *report, char ret_text[SHELL_REPORT_DELIMITER_SIZE])
{
	unsigned char octet = (unsigned char)report->delimiter;
	snprintf(ret_text, SHELL_REPORT_DELIMITER_SIZE,
		octet > ' ' && octet < 0x7f ? "%c" : "0x%02X", octet);
}

const char *shell_report_table(const struct file_report *report)
{
	if (!report->has_table)
		return "none";
	return report->table_set_aside ? "set aside" : "used";
}

static void add_count(struct buffer *out, size_t count, const char *one, const char *many)
{
	buffer_format(out, "%zu %s", count, count == 1 ? one : many);
}

static void add_mended(struct buffer *out, const struct file_report *report)
{
	struct shell_report_count counts[SHELL_REPORT_COUNTS];
	const char *before = "; mended: ";
	shell_report_counts(report, counts);
	for (size_t i = 0; i < SHELL_REPORT_COUNTS; i++) {
		if (counts[i].count == 0)
			continue;
		buffer_add(out, before);
		add_count(out, counts[i].count, counts[i].one, counts[i].many);
		before = ", ";
	}
}

/* Only files have a charset. */
static void add_format(struct buffer *out, const struct file_report *report)
{
	char delimiter[SHELL_REPORT_DELIMITER_SIZE];
	if (report->charset == NULL)
		return;
	if (report->format != FORMAT_FORTUNE)
		buffer_format(out, ", %s", format_title(report->format));
	buffer_format(out, ", %s", report->charset);
	shell_report_delimiter(report, delimiter);
	if (report->delimiter != '%')
		buffer_format(out, ", delimiter %s", delimiter);
	if (report->rotated)
		buffer_add(out, ", rot13");
	if (report->has_table)
		buffer_format(out, ", .dat file %s", shell_report_table(report));
}

void shell_report_add(struct buffer *out, const struct library_file *file)
{
	buffer_format(out, "%s: ", file->path);
	add_count(out, file->count, "quote", "quotes");
	add_format(out, &file->report);
	if (file->duplicates > 0) {
		buffer_add(out, ", ");
		add_count(out, file->duplicates, "duplicate", "duplicates");
	}
	add_mended(out, &file->report);
}
