/* links: quoted_irc */
#include <stdint.h>

#include "frontends/irc/connection/irc_line.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct irc_framing framing = {0};
	struct irc_line line;
	struct buffer out = {0};
	char *text;
	size_t length;
	irc_framing_append(&framing, (const char *)data, size);
	while (irc_framing_next(&framing, &text, &length)) {
		char value[16];
		if (!irc_line_parse(text, length, &line))
			continue;
		irc_line_tag(&line, "account", value, sizeof value);
		irc_line_is_by_bot(&line);
		if (line.passed)
			irc_line_format(&line, &out);
	}
	buffer_finish(&out);
	irc_framing_finish(&framing);
	return 0;
}
