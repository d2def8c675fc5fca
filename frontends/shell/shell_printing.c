#include "frontends/shell/shell_printing.h"

#include <unistd.h>

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

void shell_printing_wait(const struct shell_printing *printing)
{
	struct error error;
	size_t seconds = printing->characters / CHARACTERS_A_SECOND;
	if (output_flush(printing->out, &error))
		sleep((unsigned)(seconds > SECONDS_MIN ? seconds : SECONDS_MIN));
}
