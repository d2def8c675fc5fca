#include "frontends/mail/smtp/smtp_data.h"

static void set_fault(struct smtp_data *reader, enum smtp_data_fault fault)
{
	if (reader->fault == SMTP_DATA_FAULT_NONE)
		reader->fault = fault;
}

static void put(struct smtp_data *reader, char c, size_t keep, struct buffer *out)
{
	reader->size++;
	if (reader->fault == SMTP_DATA_FAULT_NONE && out->length < keep)
		buffer_append(out, &c, 1);
}

static void end_line(struct smtp_data *reader, size_t keep, struct buffer *out)
{
	reader->cr = false;
	if (reader->dot) {
		reader->done = true;
		return;
	}
	put(reader, '\r', keep, out);
	put(reader, '\n', keep, out);
	reader->column = 0;
}

static void take(struct smtp_data *reader, char c, size_t keep, struct buffer *out)
{
	if (c == '\n' && reader->cr) {
		end_line(reader, keep, out);
		return;
	}
	if (c == '\n' || reader->cr) {
		/* A bare CR or LF is part of its line, so that "\r.\r\n" or ".\r\r\n" ends nothing.
		 */
		set_fault(reader, SMTP_DATA_FAULT_LINE_END);
		reader->dot = false;
		reader->column++;
	}
	reader->cr = c == '\r';
	if (reader->cr)
		return;
	if (c == '.' && reader->column == 0 && !reader->dot) {
		reader->dot = true;
		return;
	}
	reader->dot = false;
	if (c == '\0')
		set_fault(reader, SMTP_DATA_FAULT_NUL);
	if (++reader->column > SMTP_DATA_LINE_MAX - 2)
		set_fault(reader, SMTP_DATA_FAULT_LINE_LENGTH);
	put(reader, c, keep, out);
}

size_t smtp_data_feed(
	struct smtp_data *reader, const char *data, size_t length, size_t keep, struct buffer *out)
{
	size_t used = 0;
	while (used < length && !reader->done)
		take(reader, data[used++], keep, out);
	return used;
}
