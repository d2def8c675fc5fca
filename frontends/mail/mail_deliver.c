#include "frontends/mail/mail_deliver.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/address.h"
#include "frontends/mail/smtp/smtp_address.h"
#include "frontends/mail/smtp/smtp_data.h"

enum {
	TIMEOUT = 300, /* seconds for a reply */
	CHUNK = 65536,
	LINE_MAX_OCTETS = 1024,
	TEXT_LINE_MAX = SMTP_DATA_LINE_MAX - 2, /* octets without the line end */
};

/* A session with the daemon. */
struct talk {
	int fd;
	struct buffer in; /* received, but not read yet */
	char reply[LINE_MAX_OCTETS];
};

/* Copies a word without angle brackets. */
static char *copy_sender(const char *text, size_t length)
{
	if (length >= 2 && text[0] == '<' && text[length - 1] == '>') {
		text++;
		length -= 2;
	}
	bool whole = memchr(text, '@', length) != NULL;
	return mem_strndup(text, whole ? length : 0);
}

char *mail_deliver_sender(const char *message, const char *fallback)
{
	static const char path[] = "Return-Path:";
	if (strncmp(message, "From ", 5) == 0) {
		const char *word = message + 5;
		return copy_sender(word, strcspn(word, " \r\n"));
	}
	for (const char *line = message; *line != '\0' && *line != '\n' && *line != '\r';) {
		size_t length = strcspn(line, "\n");
		if (strncasecmp(line, path, sizeof path - 1) == 0) {
			const char *word = line + sizeof path - 1;
			word += strspn(word, " \t");
			return copy_sender(word, strcspn(word, " \t\r\n"));
		}
		line += length + (line[length] == '\n');
	}
	return fallback != NULL ? copy_sender(fallback, strlen(fallback)) : NULL;
}

/* Breaks a line that the daemon would refuse, as a mail server does when it sends one. */
static void add_line(const char *line, size_t length, struct buffer *out)
{
	buffer_append(out, ".", *line == '.' && length > 0);
	for (size_t room = TEXT_LINE_MAX; length > room; room = TEXT_LINE_MAX - 1) {
		buffer_append(out, line, room);
		buffer_add(out, "\r\n ");
		line += room;
		length -= room;
	}
	buffer_append(out, line, length);
	buffer_add(out, "\r\n");
}

void mail_deliver_encode(const char *message, size_t length, struct buffer *out)
{
	const char *end = message + length;
	while (message < end) {
		const char *line_end = memchr(message, '\n', (size_t)(end - message));
		size_t line = (size_t)((line_end != NULL ? line_end : end) - message);
		size_t text = line > 0 && message[line - 1] == '\r' ? line - 1 : line;
		add_line(message, text, out);
		message += line + (line_end != NULL);
	}
	buffer_add(out, ".\r\n");
}

static bool read_message(FILE *in, size_t max_bytes, struct buffer *message)
{
	char chunk[CHUNK];
	size_t got;
	while ((got = fread(chunk, 1, sizeof chunk, in)) > 0 && message->length <= max_bytes)
		buffer_append(message, chunk, got);
	return message->length <= max_bytes;
}

static bool send_all(struct talk *talk, const char *data, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(talk->fd, data, length, MSG_NOSIGNAL);
		if (sent < 0 && errno != EINTR)
			return false;
		data += sent > 0 ? sent : 0;
		length -= sent > 0 ? (size_t)sent : 0;
	}
	return true;
}

/* Reads the last line of a reply. */
static bool read_reply(struct talk *talk)
{
	char chunk[LINE_MAX_OCTETS];
	for (;;) {
		const char *data = talk->in.data;
		const char *end = talk->in.length > 0 ? memchr(data, '\n', talk->in.length) : NULL;
		if (end == NULL) {
			ssize_t got = recv(talk->fd, chunk, sizeof chunk, 0);
			if (got <= 0 || talk->in.length > sizeof chunk)
				return false;
			buffer_append(&talk->in, chunk, (size_t)got);
			continue;
		}
		size_t length = (size_t)(end - data);
		snprintf(talk->reply, sizeof talk->reply, "%.*s", (int)length, data);
		talk->reply[strcspn(talk->reply, "\r")] = '\0';
		buffer_consume(&talk->in, length + 1);
		if (length < 4 || talk->reply[3] != '-')
			return true;
	}
}

/* Sends a command, or what it is given, and judges the reply: \p refused is the status if that is
 * 5xx. */
static int say(
	struct talk *talk, const char *data, size_t length, int refused, struct error *reterr)
{
	if (!send_all(talk, data, length) || !read_reply(talk)) {
		error_set(reterr, "the daemon closed the connection or did not reply in time");
		return EX_TEMPFAIL;
	}
	if (talk->reply[0] == '2' || talk->reply[0] == '3')
		return EX_OK;
	error_set(reterr, "the daemon replied: %s", talk->reply);
	return talk->reply[0] == '5' ? refused : EX_TEMPFAIL;
}

static int command(struct talk *talk, char *line, int refused, struct error *reterr)
{
	int status = say(talk, line, strlen(line), refused, reterr);
	free(line);
	return status;
}

static bool open_talk(const char *text, struct talk *talk, struct error *reterr)
{
	struct address addresses[2];
	struct timeval patience = {.tv_sec = TIMEOUT};
	size_t count = 0;
	talk->fd = -1;
	if (!address_parse(text, addresses, &count, reterr))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct address *address = &addresses[i];
		talk->fd = socket(address->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
		setsockopt(talk->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
		setsockopt(talk->fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
		if (connect(talk->fd, (const struct sockaddr *)&address->storage,
			    address->length) == 0)
			return true;
		error_set(reterr, "cannot connect to %s: %s; is the daemon running?", text,
			strerror(errno));
		close(talk->fd);
	}
	return false;
}

static int transmit(const struct mail_delivery *delivery, struct talk *talk, const char *sender,
	const struct buffer *encoded, struct error *reterr)
{
	struct smtp_address address;
	bool utf8 = smtp_address_parse(sender, &address) && address.utf8;
	int status = say(talk, "", 0, EX_TEMPFAIL, reterr);
	if (status == EX_OK)
		status = command(talk,
			mem_format("%s localhost\r\n", delivery->lmtp ? "LHLO" : "EHLO"),
			EX_TEMPFAIL, reterr);
	if (status == EX_OK)
		status = command(talk,
			mem_format("MAIL FROM:<%s>%s\r\n", sender, utf8 ? " SMTPUTF8" : ""),
			EX_DATAERR, reterr);
	if (status == EX_OK)
		status = command(talk, mem_format("RCPT TO:<%s>\r\n", delivery->recipient),
			EX_NOUSER, reterr);
	if (status == EX_OK)
		status = command(talk, mem_strdup("DATA\r\n"), EX_DATAERR, reterr);
	if (status == EX_OK)
		status = say(talk, encoded->data, encoded->length, EX_DATAERR, reterr);
	if (status == EX_OK)
		send_all(talk, "QUIT\r\n", 6);
	return status;
}

static bool is_mailbox(const char *text)
{
	struct smtp_address address;
	return smtp_address_parse(text, &address);
}

static int hand_over(const struct mail_delivery *delivery, const struct buffer *message,
	const char *sender, struct error *reterr)
{
	struct talk talk = {0};
	struct buffer encoded = {0};
	if (sender == NULL) {
		error_set(reterr, "nothing says who sent the message; name the sender with -f");
		return EX_USAGE;
	}
	if ((*sender != '\0' && !is_mailbox(sender)) || !is_mailbox(delivery->recipient)) {
		error_set(reterr, "'%s' or '%s' is not an address", sender, delivery->recipient);
		return EX_DATAERR;
	}
	if (!open_talk(delivery->address, &talk, reterr))
		return EX_TEMPFAIL;
	mail_deliver_encode(message->data, message->length, &encoded);
	int status = transmit(delivery, &talk, sender, &encoded, reterr);
	close(talk.fd);
	buffer_finish(&talk.in);
	buffer_finish(&encoded);
	return status;
}

int mail_deliver(const struct mail_delivery *delivery, FILE *in, struct error *reterr)
{
	struct buffer message = {0};
	int status = EX_DATAERR;
	buffer_add(&message, "");
	if (!read_message(in, delivery->max_bytes, &message)) {
		error_set(reterr, "the message has more than %zu octets; see max_message_bytes",
			delivery->max_bytes);
	} else if (ferror(in) != 0) {
		error_set(reterr, "cannot read the message: %s", strerror(errno));
		status = EX_TEMPFAIL;
	} else {
		char *sender = delivery->sender != NULL
				       ? copy_sender(delivery->sender, strlen(delivery->sender))
				       : mail_deliver_sender(message.data, getenv("SENDER"));
		status = hand_over(delivery, &message, sender, reterr);
		free(sender);
	}
	buffer_finish(&message);
	return status;
}
