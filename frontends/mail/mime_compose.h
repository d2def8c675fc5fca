/** Composes answers; with mime and mime_words the owner of GMime. Use all from one thread only. */
#ifndef QUOTED_FRONTENDS_MAIL_MIME_COMPOSE_H
#define QUOTED_FRONTENDS_MAIL_MIME_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/** An answer to compose; every string is borrowed. */
struct mime_answer {
	const char *from_name; /* of the service, UTF-8 */
	const char *from_address;
	const char *to_address; /* NULL: the caller adds it */
	const char *message_id; /* of the answer, without its angle brackets; NULL: as to_address */
	const char *reply_to;   /* an address; NULL: none */
	const char *title;      /* the whole subject, UTF-8; NULL: "Auto:" and that answered */
	bool generated;         /* it answers no message (RFC 3834 5) */
	const char *subject;    /* of the message answered, not decoded; NULL: none */
	const char *in_reply_to; /* its Message-ID field; NULL: none */
	const char *references;  /* its References field; NULL: none */
	const char *text;        /* the body, UTF-8, lines end in LF */
	const char *html;        /* the same as HTML; NULL: none */
	time_t date;
};

/**
 * Returns the answer as RFC 3834 3 describes it, with CRLF line ends; the caller's to free. Of a
 * subject that has "Auto: " already, only what follows that is repeated. The body is text/plain in
 * UTF-8, or multipart/alternative if there is HTML too; each part is quoted-printable unless it is
 * ASCII with lines of at most 900 octets.
 */
char *mime_compose(const struct mime_answer *answer);

#endif
