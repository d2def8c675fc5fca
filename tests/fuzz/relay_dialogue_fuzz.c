/* links: quoted_mail */
#include <stdint.h>
#include <string.h>

#include "frontends/mail/relay/relay_dialogue.h"

/* Lines that begin with '>' are commands; the rest is what the relay replies, piece by piece. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct relay_dialogue dialogue = {0};
	const char *octets = (const char *)data;
	while (size > 0) {
		const char *end = memchr(octets, '\n', size);
		size_t length = end != NULL ? (size_t)(end - octets) + 1 : size;
		if (*octets == '>')
			relay_dialogue_send(&dialogue, octets + 1, length - 1);
		else
			relay_dialogue_receive(&dialogue, octets, length);
		octets += length;
		size -= length;
	}
	return 0;
}
