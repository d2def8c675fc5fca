/* links: quoted_mail */
#include <stdint.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/mail/mail_command.h"
#include "frontends/mail/mime.h"

/* A subject as a message has it, which is decoded first. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *field = mem_strndup((const char *)data, size);
	char *subject = mime_decode(field);
	struct mail_command command;
	struct ask ask;
	mail_command_parse(subject, &command);
	if (command.kind != MAIL_COMMAND_KIND_NONE)
		mail_command_ask(&command, &(struct quote_fit){0}, &ask);
	mail_command_finish(&command);
	free(subject);
	free(field);
	return 0;
}
