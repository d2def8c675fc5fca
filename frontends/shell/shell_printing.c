#include "frontends/shell/shell_printing.h"

#include <unistd.h>

#include "core/base/utf8.h"
#include "frontends/kit/json_writer.h"

enum { CHARACTERS_A_SECOND = 20, SECONDS_MIN = 6 };

static void print(struct shell_printing *printing, const struct quote *quote, const char *before,
	const char *after)
{
	if (printing->json) {
		struct buffer text = {0};
		json_writer_line(json_writer_quote(quote), &text);
		output_add(printing->out, text.data);
		buffer_finish(&text);
	} else {
		output_format(printing->out, "%s%s\n%s", before, quote->text, after);
	}
	printing->printed++;
	for (size_t i = 0; i < quote->length; i++)
		printing->characters += ((unsigned char)quote->text[i] & 0xC0) != 0x80;
}

void shell_printing_quote(struct shell_printing *printing, const struct quote *quote)
{
	print(printing, quote, printing->printed > 0 ? "%\n" : "", "");
}

void shell_printing_entry(struct shell_printing *printing, const struct quote *quote)
{
	print(printing, quote, "", "%\n");
}

/* Returns the size in octets of what can be printed as it is, 0 if nothing. */
static size_t printable(const char *text, size_t length)
{
	return *text == '\n' || *text == '\t' ? 1 : utf8_visible(text, length);
}

void shell_printing_foreign(struct output *out, const char *text, size_t length)
{
	struct buffer shown = {0};
	for (size_t at = 0, octets; at < length; at += octets) {
		bool ends_line = text[at] == '\r' && at + 1 < length && text[at + 1] == '\n';
		octets = printable(text + at, length - at);
		buffer_append(&shown, text + at, octets);
		if (octets == 0 && !ends_line)
			buffer_format(&shown, "\\x%02X", (unsigned)(unsigned char)text[at]);
		if (octets == 0)
			octets = 1;
	}
	if (shown.length > 0 && shown.data[shown.length - 1] != '\n')
		buffer_add(&shown, "\n");
	if (shown.length > 0)
		output_add(out, shown.data);
	buffer_finish(&shown);
}

void shell_printing_wait(const struct shell_printing *printing)
{
	struct error error;
	size_t seconds = printing->characters / CHARACTERS_A_SECOND;
	if (output_flush(printing->out, &error))
		sleep((unsigned)(seconds > SECONDS_MIN ? seconds : SECONDS_MIN));
}
