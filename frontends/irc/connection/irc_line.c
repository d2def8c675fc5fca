#include "frontends/irc/connection/irc_line.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAMING_LINE = IRC_LINE_TAGS + IRC_LINE_BODY };

/* What a line with this command must have: the library would read parameters that are missing. */
struct shape {
	const char *command;
	size_t params;
	bool prefixed;
	bool passed;
};

static const struct shape shapes[] = {
	{"PRIVMSG", 2, true, false},
	{"ERROR", 1, false, false},
	{"JOIN", 1, true, true},
	{"KICK", 2, true, true},
	{"NICK", 1, true, true},
	{"NOTICE", 2, false, false},
	{"PART", 1, true, true},
	{"PING", 1, false, false},
	{"PONG", 1, false, false},
};

static const struct shape *shape_of(const struct irc_line *line)
{
	static const struct shape numeric = {"", 1, true, true};
	if (line->code != 0)
		return &numeric;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		/* The first letter tells most apart, at the cost of no call. */
		if (shapes[i].command[0] == line->command[0] &&
			strcmp(shapes[i].command, line->command) == 0)
			return &shapes[i];
	}
	return NULL;
}

/* Ends the word at *text with a NUL and moves *text past the blanks after it. */
static char *take_word(char **text)
{
	char *word = *text;
	size_t length = strcspn(word, " ");
	*text = word + length;
	while (**text == ' ')
		(*text)++;
	word[length] = '\0';
	return word;
}

static bool read_command(char *word, struct irc_line *line)
{
	static const char digits[] = "0123456789";
	line->command = word;
	if (strspn(word, digits) == 3 && word[3] == '\0') {
		line->code = (word[0] - '0') * 100 + (word[1] - '0') * 10 + (word[2] - '0');
		return line->code > 0;
	}
	for (char *c = word; *c != '\0'; c++) {
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
		if (*c < 'A' || *c > 'Z')
			return false;
	}
	return *word != '\0';
}

static void read_params(char *text, struct irc_line *line)
{
	while (*text != '\0') {
		bool trailing = *text == ':';
		if (trailing || line->count == IRC_LINE_PARAMS - 1) {
			line->params[line->count++] = text + trailing;
			return;
		}
		line->params[line->count++] = take_word(&text);
	}
}

bool irc_line_parse(char *text, size_t length, struct irc_line *ret_line)
{
	struct irc_line line = {0};
	char *end = text + length;
	if (memchr(text, '\0', length) != NULL || memchr(text, '\r', length) != NULL ||
		memchr(text, '\n', length) != NULL)
		return false;
	*end = '\0';
	if (*text == '@')
		line.tags = take_word(&text) + 1;
	if (end - text > IRC_LINE_BODY)
		return false;
	if (*text == ':') {
		text++;
		line.prefix = take_word(&text);
		if (*line.prefix == '\0')
			return false;
	}
	if (!read_command(take_word(&text), &line))
		return false;
	read_params(text, &line);
	const struct shape *shape = shape_of(&line);
	line.passed = shape != NULL && shape->passed;
	*ret_line = line;
	return shape == NULL ||
	       (line.count >= shape->params && (line.prefix != NULL || !shape->prefixed));
}

/* Copies up to the ';' that ends a value. */
static void unescape(const char *value, char *out, size_t size)
{
	static const char escapes[] = ":s\\rn";
	static const char meant[] = "; \\\r\n";
	size_t length = 0;
	for (; *value != '\0' && *value != ';' && length + 1 < size; value++) {
		char c = *value;
		if (c == '\\' && *++value != '\0') {
			const char *escape = strchr(escapes, *value);
			c = escape != NULL ? meant[escape - escapes] : *value;
		}
		if (*value == '\0')
			break;
		out[length++] = c;
	}
	out[length] = '\0';
}

bool irc_line_tag(const struct irc_line *line, const char *key, char *ret_value, size_t size)
{
	size_t length = strlen(key);
	const char *tag = line->tags;
	*ret_value = '\0';
	while (tag != NULL && *tag != '\0') {
		if (strncmp(tag, key, length) == 0 && tag[length] == '=') {
			unescape(tag + length + 1, ret_value, size);
			return *ret_value != '\0';
		}
		tag += strcspn(tag, ";");
		tag += *tag == ';';
	}
	return false;
}

bool irc_line_is_by_bot(const struct irc_line *line)
{
	static const char *const keys[] = {"bot", "draft/bot", "inspircd.org/bot"};
	for (const char *tag = line->tags; tag != NULL && *tag != '\0';) {
		size_t length = strcspn(tag, "=;");
		for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
			if (strlen(keys[i]) == length && strncmp(tag, keys[i], length) == 0)
				return true;
		tag += strcspn(tag, ";");
		tag += *tag == ';';
	}
	return false;
}

bool irc_line_time(const struct irc_line *line, double *ret_seconds)
{
	char text[32];
	struct tm tm = {0};
	if (line->tags == NULL || !irc_line_tag(line, "time", text, sizeof text))
		return false;
	const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);
	if (end == NULL || (*end != '.' && *end != 'Z'))
		return false;
	*ret_seconds = (double)timegm(&tm);
	return true;
}

bool irc_line_is_refusal(const char *words)
{
	static const char *const signs[] = {"too fast", "throttle", "-line", "lined", "banned",
		"akill", "autokill", "sasl", "too many", "no more connections", "clones",
		"not authori", "unauthori", "access denied", "password", "blacklist", "blocklist",
		"dnsbl", "open proxy", "must be identified"};
	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
		if (strcasestr(words, signs[i]) != NULL)
			return true;
	}
	return false;
}

bool irc_line_is_ban(const struct irc_line *line)
{
	return line->code >= 463 && line->code <= 466;
}

void irc_line_format(const struct irc_line *line, struct buffer *out)
{
	size_t count = line->count < IRC_LINE_PARAMS_PASSED ? line->count : IRC_LINE_PARAMS_PASSED;
	if (line->prefix != NULL)
		buffer_format(out, ":%s ", line->prefix);
	buffer_add(out, line->command);
	for (size_t i = 0; i < count; i++)
		buffer_format(out, i + 1 < count ? " %s" : " :%s", line->params[i]);
	buffer_add(out, "\r\n");
}

void irc_framing_append(struct irc_framing *framing, const char *data, size_t length)
{
	buffer_consume(&framing->data, framing->taken);
	framing->taken = 0;
	if (framing->discarding) {
		const char *lf = memchr(data, '\n', length);
		if (lf == NULL)
			return;
		length -= (size_t)(lf + 1 - data);
		data = lf + 1;
		framing->discarding = false;
	}
	buffer_append(&framing->data, data, length);
}

bool irc_framing_next(struct irc_framing *framing, char **ret_text, size_t *ret_length)
{
	for (;;) {
		size_t left = framing->data.length - framing->taken;
		char *text = left > 0 ? framing->data.data + framing->taken : NULL;
		char *lf = left > 0 ? memchr(text, '\n', left) : NULL;
		if (lf == NULL) {
			if (left > FRAMING_LINE) {
				framing->taken = framing->data.length;
				framing->discarding = true;
			}
			return false;
		}
		size_t length = (size_t)(lf - text);
		framing->taken += length + 1;
		if (length > 0 && text[length - 1] == '\r')
			length--;
		if (length > FRAMING_LINE)
			continue;
		*ret_text = text;
		*ret_length = length;
		return true;
	}
}

void irc_framing_finish(struct irc_framing *framing)
{
	buffer_finish(&framing->data);
	*framing = (struct irc_framing){0};
}
