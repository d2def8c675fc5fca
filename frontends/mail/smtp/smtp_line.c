#include "frontends/mail/smtp/smtp_line.h"

static void add_octet(struct smtp_line *line, char c)
{
	if (line->length < SMTP_LINE_MAX - 1)
		line->text[line->length] = c;
	if (line->length < SMTP_LINE_MAX)
		line->length++;
}

static bool is_clean(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)line[i];
		if (c < ' ' || c == 0x7f)
			return false;
	}
	return true;
}

static enum smtp_line_event end_line(struct smtp_line *line)
{
	size_t length = line->length;
	line->length = 0;
	line->cr = false;
	if (length > SMTP_LINE_MAX - 2)
		return SMTP_LINE_EVENT_TOO_LONG;
	if (!is_clean(line->text, length))
		return SMTP_LINE_EVENT_CONTROL;
	while (length && line->text[length - 1] == ' ')
		length--;
	line->text[length] = '\0';
	return SMTP_LINE_EVENT_WHOLE;
}

enum smtp_line_event smtp_line_take(struct smtp_line *line, char c)
{
	if (c == '\n')
		return line->cr ? end_line(line) : SMTP_LINE_EVENT_BARE_LF;
	if (line->cr) {
		add_octet(line, '\r'); /* a bare CR, which is refused as a control character */
	}
	line->cr = c == '\r';
	if (!line->cr)
		add_octet(line, c);
	return SMTP_LINE_EVENT_MORE;
}
