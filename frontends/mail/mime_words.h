/** Encoded words (RFC 2047) as mail programs write them; with mime and mime_compose the owner of
 * GMime. */
#ifndef QUOTED_FRONTENDS_MAIL_MIME_WORDS_H
#define QUOTED_FRONTENDS_MAIL_MIME_WORDS_H

/**
 * Returns a text field with encoded words that GMime reads right, the caller's to free: with names
 * of charsets that iconv knows, with the padding of base64, and with words joined that are split
 * within a character.
 */
char *mime_words_mend(const char *field);

#endif
