/* links: quoted_mail */
#include <stdint.h>
#include <stdlib.h>

#include "frontends/mail/mime.h"
#include "frontends/mail/mime_compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mail_headers headers = {0};
	mime_read_headers((const char *)data, size, &headers);
	struct mime_answer answer = {
		.from_name = "n",
		.from_address = "q@q",
		.to_address = "a@b",
		.message_id = "1@q",
		.subject = mail_headers_find(&headers, "Subject"),
		.in_reply_to = mail_headers_find(&headers, "Message-ID"),
		.references = mail_headers_find(&headers, "References"),
		.text = "x\n",
	};
	free(mime_compose(&answer));
	free(mime_first_line((const char *)data, size));
	mail_headers_finish(&headers);
	return 0;
}
