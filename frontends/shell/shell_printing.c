#include "frontends/shell/shell_printing.h"

#include <unistd.h>

#include "core/base/utf8.h"
#include "core/library/quote_id.h"

enum { CHARACTERS_A_SECOND = 20, SECONDS_MIN = 6 };

/* The file that holds the quote, or the first that is shown and has it too; NULL: a command. */
static const struct library_file *file_of(
	const struct shell_printing *printing, const struct quote *quote)
{
	const struct library *library = printing->library;
	uint32_t at = id_index_position(&library->store, quote->id);
	uint32_t index = at < library->store.count ? library->store.order[at] : 0;
	uint32_t share_count;
	if (at == library->store.count || library->store.quotes[index].id != quote->id)
		return NULL;
	uint32_t file = library_file_of(library, index);
	const struct library_share *shares = library_shares_of(library, index, &share_count);
	for (uint32_t i = 0; i < share_count && printing->selection->files[file] == 0; i++)
		file = shares[i].file;
	return &library->files[file];
}

static void print_json(const struct shell_printing *printing, const struct quote *quote)
{
	const struct library_file *file = file_of(printing, quote);
	const struct collection *collection = printing->drawn;
	struct json_writer *object = json_writer_quote(quote);
	if (file != NULL)
		collection = &printing->library->collections->items[file->collection];
	json_writer_text(object, "file", file != NULL ? file->name : NULL);
	json_writer_text(object, "collection", collection != NULL ? collection->name : NULL);
	output_json(printing->out, object);
}

static void print_heading(const struct shell_printing *printing, const struct quote *quote)
{
	const struct shell_options *options = printing->options;
	const struct library_file *file = file_of(printing, quote);
	const char *path = file != NULL ? file->path : printing->drawn->sources.items[0];
	char id[QUOTE_ID_LENGTH + 1];
	quote_id_format(quote->id, id);
	if (options->show_file)
		output_line(printing->out, "(%s)", path);
	if (options->show_id)
		output_format(printing->out, "(%s)\n", id);
	output_add(printing->out, "%\n");
}

static void print_text(const struct shell_printing *printing, const struct quote *quote)
{
	struct buffer wrapped = {0};
	if (printing->options->width > 0)
		utf8_wrap(quote->text, quote->length, (size_t)printing->options->width, &wrapped);
	output_format(printing->out, "%s\n", wrapped.length > 0 ? wrapped.data : quote->text);
	buffer_finish(&wrapped);
}

static void print(struct shell_printing *printing, const struct quote *quote, const char *before,
	const char *after)
{
	const struct shell_options *options = printing->options;
	if (options->json) {
		print_json(printing, quote);
	} else {
		output_add(printing->out, before);
		if (options->show_id || (options->show_file && options->match == NULL))
			print_heading(printing, quote);
		print_text(printing, quote);
		output_add(printing->out, after);
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
