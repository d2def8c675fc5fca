#include "frontends/shell/shell_commands.h"

#include "core/sources/command_source.h"
#include "frontends/kit/log.h"

static void on_draw(void *data, size_t collection)
{
	struct shell_commands *commands = data;
	struct buffer text = {0};
	struct error error;
	const struct collection *item =
		&quoter_library(commands->quoter)->collections->items[collection];
	if (command_source_run(item->options, 0, &text, &error)) {
		quoter_put(commands->quoter, collection, text.data, text.length);
	} else {
		log_warning("quoted", "collection \"%s\": %s", item->name, error.text);
		commands->failed = true;
	}
	buffer_finish(&text);
}

void shell_commands_start(struct shell_commands *commands, struct quoter *quoter)
{
	*commands = (struct shell_commands){.quoter = quoter};
	quoter_on_draw(quoter, on_draw, commands);
}

void shell_commands_stop(struct shell_commands *commands)
{
	quoter_on_draw(commands->quoter, NULL, NULL);
}
