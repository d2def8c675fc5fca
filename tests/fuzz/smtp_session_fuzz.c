/* links: quoted_mail */
#include <stdint.h>

#include "frontends/mail/smtp/smtp_session.h"

/* The first octet chooses the protocol and whether TLS is offered; each message is answered at
 * once. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT];
	struct smtp_address address;
	struct buffer out = {0};
	smtp_address_parse("q@q", &address);
	struct smtp_mailboxes mailboxes = {&address, 1, "+"};
	struct smtp_session_options options = {
		size && *data & 1, "h", &mailboxes, true, 4096, 3, 9, 99, size && *data & 2};
	struct smtp_session *session = smtp_session_create(&options);
	for (size_t at = 1, used = 0; at < size; at += used) {
		enum smtp_session_event event =
			smtp_session_feed(session, (const char *)data + at, size - at, &used, &out);
		if (event == SMTP_SESSION_EVENT_CLOSE) {
			break;
		}
		if (event == SMTP_SESSION_EVENT_MESSAGE) {
			smtp_session_answer(session, verdicts, &out);
		}
		if (event == SMTP_SESSION_EVENT_STARTTLS) {
			smtp_session_secure(session);
		}
	}
	smtp_session_destroy(session);
	buffer_finish(&out);
	return 0;
}
