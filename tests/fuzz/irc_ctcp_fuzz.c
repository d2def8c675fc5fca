/* links: quoted_irc */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/message/irc_ctcp.h"
#include "frontends/irc/message/irc_mask.h"

/* An answer is CTCP itself and short; half of the input is a mask for the other half. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	char *half = mem_strndup((const char *)data, size / 2);
	struct buffer out = {0};
	if (irc_ctcp_answer(text, "me@example.org", (time_t)size, &out) &&
		(out.length > 200 || !irc_ctcp_is(out.data) || out.data[out.length - 1] != '\1'))
		abort();
	irc_mask_matches(half, text + strlen(half), NULL);
	buffer_finish(&out);
	free(half);
	free(text);
	return 0;
}
