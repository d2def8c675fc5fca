#include "frontends/kit/log_line.h"

#include <string.h>

#include "core/base/utf8.h"
#include "frontends/kit/json_writer.h"

/* The level's word, and its priority for the journal. */
static const struct {
	const char *word;
	const char *priority;
} levels[] = {
	[LOG_LEVEL_ERROR] = {"error", "<3>"},
	[LOG_LEVEL_WARNING] = {"warning", "<4>"},
	[LOG_LEVEL_INFO] = {"info", "<6>"},
	[LOG_LEVEL_DEBUG] = {"debug", "<7>"},
};

bool log_level_parse(const char *word, enum log_level *ret_level)
{
	for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		if (strcmp(word, levels[i].word) == 0) {
			*ret_level = (enum log_level)i;
			return true;
		}
	}
	return false;
}

static void add_time(struct buffer *out, const char *format, time_t seconds)
{
	struct tm utc;
	char text[32];
	if (gmtime_r(&seconds, &utc) != NULL && strftime(text, sizeof text, format, &utc) > 0)
		buffer_add(out, text);
}

/* Rounded up: "in 0 s" would be wrong. */
static size_t whole_seconds(const struct log_line *line)
{
	size_t seconds = (size_t)line->seconds;
	return (double)seconds < line->seconds ? seconds + 1 : seconds;
}

static void add_member(struct json_writer *object, const char *key, const char *text)
{
	struct buffer escaped = {0};
	utf8_escape(text, &escaped);
	json_writer_text(object, key, escaped.data != NULL ? escaped.data : "");
	buffer_finish(&escaped);
}

static void add_json(const struct log_line *line, struct buffer *out)
{
	struct json_writer *object = json_writer_object();
	struct buffer when = {0};
	add_time(&when, "%Y-%m-%dT%H:%M:%S", line->time.tv_sec);
	buffer_format(&when, ".%03ldZ", line->time.tv_nsec / 1000000);
	json_writer_text(object, "time", when.data);
	json_writer_text(object, "level", levels[line->level].word);
	add_member(object, "name", line->name);
	add_member(object, "message", line->text);
	if (line->repeated > 0) {
		json_writer_count(object, "repeated", line->repeated);
		json_writer_count(object, "seconds", whole_seconds(line));
	}
	json_writer_line(object, out);
	buffer_finish(&when);
}

static void add_plain(
	const struct log_line *line, const struct log_line_layout *layout, struct buffer *out)
{
	bool is_warning = line->level == LOG_LEVEL_WARNING;
	if (layout->is_record && !layout->in_journal) {
		add_time(out, "%Y-%m-%dT%H:%M:%SZ ", line->time.tv_sec);
		buffer_format(out, "%s ", levels[line->level].word);
	}
	utf8_escape(line->name, out);
	buffer_add(out, !layout->is_record && is_warning ? ": warning: " : ": ");
	utf8_escape(line->text, out);
	if (line->repeated > 0)
		buffer_format(out, " (%zu more in %zu s)", line->repeated, whole_seconds(line));
	buffer_add(out, "\n");
}

void log_line_add(
	const struct log_line *line, const struct log_line_layout *layout, struct buffer *out)
{
	if (layout->in_journal)
		buffer_add(out, levels[line->level].priority);
	switch (layout->form) {
	case LOG_FORM_PLAIN:
		add_plain(line, layout, out);
		break;
	case LOG_FORM_JSON:
		add_json(line, out);
		break;
	}
}
