/* links: quoted_irc */
#include <stdint.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/irc/answer/irc_layout.h"
#include "frontends/irc/irc_command.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	const char *argument;
	irc_command_parse(text, "quoted", "!", size % 2, &argument);
	if (*argument != '\0' && (argument < text || argument > text + size))
		abort();
	char id[QUOTE_ID_LENGTH + 1];
	if (irc_layout_split(text, id) > size)
		abort();
	free(text);
	return 0;
}
