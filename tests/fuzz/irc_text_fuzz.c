/* links: quoted_irc */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "frontends/irc/message/irc_relay.h"
#include "frontends/irc/message/irc_text.h"

/* What comes out is clean, and cleaning it again changes nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct decoder *decoder;
	struct error error;
	if (decoder == NULL)
		decoder = decode_open("ISO-8859-1", &error);
	char *text = mem_strndup((const char *)data, size);
	struct buffer once = {0};
	struct buffer twice = {0};
	irc_text_clean(text, decoder, &once);
	if (once.length > 0) {
		char name[IRC_RELAY_NAME_SIZE];
		const char *rest;
		irc_text_clean(once.data, decoder, &twice);
		if (!utf8_is_valid(once.data, once.length) || once.length != twice.length ||
			memcmp(once.data, twice.data, once.length) != 0)
			abort();
		irc_relay_split(once.data, "quoted", name, &rest);
		if (rest < once.data || rest > once.data + once.length)
			abort();
	}
	buffer_finish(&once);
	buffer_finish(&twice);
	free(text);
	return 0;
}
