/* links: quoted_irc */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_scram.h"

/* A server's two messages, with a LF between. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error error;
	char *challenge = mem_strndup((const char *)data, size);
	char *final = challenge + strcspn(challenge, "\n");
	if (*final != '\0')
		*final++ = '\0';
	struct irc_scram *scram = irc_scram_create("bot", "hush", "N");
	if (irc_scram_challenge(scram, challenge, &error)) {
		for (int i = 0; i < 3 && irc_scram_work(scram) == NULL; i++)
			;
		if (irc_scram_verify(scram, final, &error))
			abort();
	}
	irc_scram_destroy(scram);
	free(challenge);
	return 0;
}
