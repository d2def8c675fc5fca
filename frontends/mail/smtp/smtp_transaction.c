#include "frontends/mail/smtp/smtp_transaction.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/mail/smtp/smtp_parser.h"
#include "frontends/mail/smtp/smtp_session.h"

const char *smtp_transaction_mail(struct smtp_transaction *transaction,
	const struct smtp_session_options *options, const char *argument)
{
	struct smtp_parameters parameters;
	struct smtp_address sender;
	if (transaction->busy)
		return "503 5.5.1 MAIL was given already; RSET cancels it";
	enum smtp_parse result = smtp_parser_mail(argument, &sender, &parameters);
	if (result != SMTP_PARSE_OK) {
		return result == SMTP_PARSE_PARAMETER ? "555 5.5.4 unknown parameter"
						      : "501 5.5.2 syntax: MAIL FROM:<address>";
	}
	if (sender.utf8 && !parameters.utf8)
		return "553 5.6.7 a non-ASCII address needs SMTPUTF8";
	if (parameters.size > (unsigned long)options->max_message_bytes)
		return "552 5.3.4 the message is too large";
	smtp_address_copy(&transaction->message.sender, &sender);
	transaction->busy = true;
	transaction->utf8 = parameters.utf8;
	return NULL;
}

static bool is_postmaster(
	const struct smtp_session_options *options, const struct smtp_address *address)
{
	bool here = !*address->domain ||
		    smtp_mailboxes_have_domain(options->mailboxes, address->domain);
	return smtp_address_is_postmaster(address, here ? address->domain : options->hostname);
}

/* An address that is ours is the mailbox of the answer, if it is the first. */
static bool find_recipient(struct smtp_message *message, const struct smtp_session_options *options,
	const struct smtp_address *address, enum smtp_recipient *ret_recipient)
{
	const char *detail;
	const struct smtp_address *mailbox =
		smtp_mailboxes_find(options->mailboxes, address, &detail);
	if (mailbox == NULL) {
		*ret_recipient = SMTP_RECIPIENT_POSTMASTER;
		return is_postmaster(options, address);
	}
	*ret_recipient = SMTP_RECIPIENT_ADDRESS;
	if (message->mailbox == NULL) {
		message->mailbox = mailbox;
		snprintf(message->detail, sizeof message->detail, "%s", detail);
	}
	return true;
}

static void add_recipient(struct smtp_transaction *transaction, enum smtp_recipient recipient)
{
	size_t count = (size_t)transaction->recipient_count++;
	transaction->recipients = mem_resize(transaction->recipients, count + 1, 1);
	transaction->recipients[count] = (unsigned char)recipient;
	transaction->message.wanted[recipient] = true;
}

const char *smtp_transaction_rcpt(struct smtp_transaction *transaction,
	const struct smtp_session_options *options, const char *argument)
{
	struct smtp_address address;
	enum smtp_recipient recipient;
	if (!transaction->busy)
		return "503 5.5.1 send MAIL first";
	enum smtp_parse result = smtp_parser_rcpt(argument, &address);
	if (result != SMTP_PARSE_OK) {
		return result == SMTP_PARSE_PARAMETER ? "555 5.5.4 unknown parameter"
						      : "501 5.5.2 syntax: RCPT TO:<address>";
	}
	if (address.utf8 && !transaction->utf8)
		return "553 5.6.7 a non-ASCII address needs SMTPUTF8";
	if (!find_recipient(&transaction->message, options, &address, &recipient))
		return "550 5.1.1 no such mailbox here, and no mail is relayed";
	if (recipient == SMTP_RECIPIENT_POSTMASTER && !options->postmaster)
		return "550 5.1.1 postmaster has no mailbox here";
	if (transaction->recipient_count >= options->max_recipients)
		return "452 4.5.3 too many recipients";
	add_recipient(transaction, recipient);
	return NULL;
}

static const char *fault_reply(const struct smtp_data *data, long max_message_bytes)
{
	switch (data->fault) {
	case SMTP_DATA_FAULT_LINE_END:
		return "554 5.6.0 the message has a bare CR or LF; end lines with CRLF";
	case SMTP_DATA_FAULT_NUL:
		return "554 5.6.0 the message has a NUL octet";
	case SMTP_DATA_FAULT_LINE_LENGTH:
		return "554 5.6.0 the message has a line over 1000 octets";
	case SMTP_DATA_FAULT_NONE:
		break;
	}
	return data->size > (size_t)max_message_bytes ? "552 5.3.4 the message is too large" : NULL;
}

/* The line that begins each message of a mailbox file (RFC 4155), which some programs leave there
 * when they hand one over. */
static void drop_mbox_line(struct smtp_message *message)
{
	const char *text = message->text.data;
	size_t length = message->text.length;
	size_t quoted = length > 0 && text[0] == '>';
	if (length < quoted + 5 || memcmp(text + quoted, "From ", 5) != 0)
		return;
	const char *end = memmem(text, length, "\r\n", 2);
	size_t line = end != NULL ? (size_t)(end - text) + 2 : 0;
	buffer_consume(&message->text, line);
	message->size -= line;
}

size_t smtp_transaction_feed(struct smtp_transaction *transaction,
	const struct smtp_session_options *options, const char *data, size_t length,
	const char **ret_refusal)
{
	struct smtp_message *message = &transaction->message;
	bool whole = message->wanted[SMTP_RECIPIENT_POSTMASTER];
	size_t keep = whole ? (size_t)options->max_message_bytes : SMTP_TRANSACTION_HEADER_KEEP;
	size_t used = smtp_data_feed(&transaction->data, data, length, keep, &message->text);
	*ret_refusal = NULL;
	if (transaction->data.done) {
		message->size = transaction->data.size;
		*ret_refusal = fault_reply(&transaction->data, options->max_message_bytes);
		drop_mbox_line(message);
	}
	return used;
}

void smtp_transaction_refuse(const struct smtp_transaction *transaction,
	const struct smtp_session_options *options, const char *refusal, struct buffer *out)
{
	long replies = options->lmtp ? transaction->recipient_count : 1;
	for (long i = 0; i < replies; i++)
		buffer_format(out, "%s\r\n", refusal);
}

static const char *verdict_reply(enum smtp_verdict verdict)
{
	switch (verdict) {
	case SMTP_VERDICT_TAKEN:
		return "250 2.0.0 message accepted";
	case SMTP_VERDICT_LATER:
		return "451 4.3.0 cannot handle the message now; try again later";
	case SMTP_VERDICT_REFUSED:
		break;
	}
	return "554 5.3.0 the message cannot be forwarded to postmaster";
}

static enum smtp_verdict worst_verdict(
	const struct smtp_message *message, const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT])
{
	enum smtp_verdict worst = SMTP_VERDICT_TAKEN;
	for (int i = 0; i < SMTP_RECIPIENT_COUNT; i++) {
		if (message->wanted[i] && verdicts[i] > worst)
			worst = verdicts[i];
	}
	return worst;
}

void smtp_transaction_answer(const struct smtp_transaction *transaction,
	const struct smtp_session_options *options,
	const enum smtp_verdict verdicts[SMTP_RECIPIENT_COUNT], struct buffer *out)
{
	if (!options->lmtp) {
		enum smtp_verdict worst = worst_verdict(&transaction->message, verdicts);
		buffer_format(out, "%s\r\n", verdict_reply(worst));
		return;
	}
	for (long i = 0; i < transaction->recipient_count; i++) {
		enum smtp_verdict verdict = verdicts[transaction->recipients[i]];
		buffer_format(out, "%s\r\n", verdict_reply(verdict));
	}
}

void smtp_transaction_end(struct smtp_transaction *transaction)
{
	buffer_finish(&transaction->message.text);
	free(transaction->recipients);
	*transaction = (struct smtp_transaction){0};
}
