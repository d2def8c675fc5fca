#include "frontends/mail/smtp/smtp_data.h"

#include <string.h>

#include <criterion/criterion.h>

/* Whether it comes at once or octet by octet. */
static void feed(struct smtp_data *reader, const char *text, size_t step, struct buffer *out)
{
	size_t length = strlen(text);
	for (size_t at = 0; at < length && !reader->done; at += step)
		smtp_data_feed(
			reader, text + at, length - at < step ? length - at : step, 100, out);
}

Test(smtp_data, reads_to_the_end)
{
	static const struct {
		const char *sent, *text;
		enum smtp_data_fault fault;
		bool done;
	} rows[] = {
		{"a\r\n.\r\n", "a\r\n", SMTP_DATA_FAULT_NONE, true},
		{".\r\n", "", SMTP_DATA_FAULT_NONE, true},
		{"..a\r\n...\r\n.\r\n", ".a\r\n..\r\n", SMTP_DATA_FAULT_NONE, true},
		{"a\r\n.b\r\n", "a\r\nb\r\n", SMTP_DATA_FAULT_NONE, false},
		{"a\n.\n.\r\n", NULL, SMTP_DATA_FAULT_LINE_END, false},
		{"a\r.\r\n.\r\n", NULL, SMTP_DATA_FAULT_LINE_END, true},
		{"a\n\r\n.\r\n", NULL, SMTP_DATA_FAULT_LINE_END, true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t step = 1; step <= 16; step += 15) {
			struct smtp_data reader = {0};
			struct buffer out = {0};
			buffer_add(&out, "");
			feed(&reader, rows[i].sent, step, &out);
			cr_expect_eq(reader.fault, rows[i].fault, "row %zu by %zu", i, step);
			cr_expect_eq(reader.done, rows[i].done, "row %zu by %zu", i, step);
			if (rows[i].text != NULL) {
				cr_expect_str_eq(out.data, rows[i].text, "row %zu", i);
				cr_expect_eq(reader.size, strlen(rows[i].text), "row %zu", i);
			}
			buffer_finish(&out);
		}
}

Test(smtp_data, refuses_long_lines)
{
	char line[SMTP_DATA_LINE_MAX + 8];
	for (int over = 0; over < 2; over++) {
		struct smtp_data reader = {0};
		struct buffer out = {0};
		size_t octets = (size_t)(SMTP_DATA_LINE_MAX - 2 + over);
		memset(line, 'x', octets);
		strcpy(line + octets, "\r\n.\r\n");
		smtp_data_feed(&reader, line, strlen(line), 10, &out);
		cr_expect_eq(
			reader.fault, over ? SMTP_DATA_FAULT_LINE_LENGTH : SMTP_DATA_FAULT_NONE);
		cr_expect(reader.done);
		buffer_finish(&out);
	}
}
