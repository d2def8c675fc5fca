#include "frontends/mail/relay/relay.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libesmtp.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "frontends/kit/metrics.h"
#include "frontends/mail/relay/relay_dialogue.h"
#include "frontends/net/captive_socket.h"

enum {
	REPLY_MAX = 65536, /* octets of a reply */
	MS = 1000,
};

/* The library does not know SMTPUTF8 (RFC 6531), so the path of a message to a recipient who needs
 * it ends with this. What the library writes next, '>', is made an '8' before it is sent. A relay
 * that got it as it is would refuse it. */
#define UTF8_PATH_END "> SMTPUTF"

/*
 * libesmtp connects without a time-out, and takes the colons of an IPv6 address for that of the
 * port. So we connect ourselves, and put our connection in the place of its own.
 */
struct bridge {
	struct captive_socket captive;
	struct relay_session *session;
	struct relay_dialogue dialogue;
	size_t tried;             /* messages for which MAIL was sent */
	bool handed[RELAY_BATCH]; /* some of the text was sent */
	bool seven_bit;           /* the relay lacks 8BITMIME, which a message needs */
	bool ascii;               /* it lacks SMTPUTF8; it was cut off for that */
	bool lacks_login;         /* it was cut off for that */
	const char *lacking;      /* an extension */
};

static bool is_success(int code)
{
	return code >= 200 && code <= 299;
}

enum relay_outcome relay_outcome(int sender_code, int recipient_code, int message_code)
{
	int code = !is_success(sender_code)      ? sender_code
		   : !is_success(recipient_code) ? recipient_code
						 : message_code;
	if (code == RELAY_DIALOGUE_NOT_OUR_NAME)
		return RELAY_OUTCOME_TEMPORARY;
	if (code >= 500 && code <= 599)
		return RELAY_OUTCOME_PERMANENT;
	if (!is_success(sender_code) || !is_success(recipient_code))
		return RELAY_OUTCOME_TEMPORARY;
	if (is_success(message_code))
		return RELAY_OUTCOME_TAKEN;
	/* 354 is the reply to DATA; the one to the text is missing. */
	return message_code == 354 ? RELAY_OUTCOME_UNKNOWN : RELAY_OUTCOME_TEMPORARY;
}

/* What still arrives after shutdown() can be read; connecting to nothing ends that too. */
void relay_cut(struct relay_session *session)
{
	const struct sockaddr nothing = {.sa_family = AF_UNSPEC};
	if (session->fd < 0)
		return;
	shutdown(session->fd, SHUT_RDWR);
	(void)connect(session->fd, &nothing, sizeof nothing);
}

void relay_check(struct relay_session *session)
{
	long deadline = atomic_load(&session->deadline);
	if (deadline != 0 && (long)metrics_clock() > deadline)
		relay_cut(session);
}

static void expect_reply(struct bridge *bridge, long seconds)
{
	atomic_store(&bridge->session->deadline, (long)metrics_clock() + seconds + 1);
}

/* The library compares the name with the address of the bridge; ours has been compared. */
static void accept_certificate(va_list *arguments)
{
	int *ok = va_arg(*arguments, int *);
	*ok = 1;
}

static void on_event(smtp_session_t smtp, int event, void *data, ...)
{
	struct bridge *bridge = data;
	va_list arguments;
	(void)smtp;
	va_start(arguments, data);
	if (event == SMTP_EV_CONNECT)
		captive_socket_replace(&bridge->captive, bridge->session->fd);
	bridge->seven_bit |= event == SMTP_EV_EXTNA_8BITMIME;
	if (event == SMTP_EV_EXTNA_STARTTLS)
		bridge->lacking = "STARTTLS";
	if (event == SMTP_EV_WRONG_PEER_CERTIFICATE)
		accept_certificate(&arguments);
	if (event == SMTP_EV_MESSAGEDATA && bridge->tried > 0) {
		bridge->handed[bridge->tried - 1] = true;
		expect_reply(bridge, bridge->session->options->text_timeout);
	}
	va_end(arguments);
}

/* Returns whether the session must not go on with this MAIL. */
static bool note_mail(struct bridge *bridge, char *line, size_t length)
{
	const struct relay_session *session = bridge->session;
	const struct relay_dialogue *dialogue = &bridge->dialogue;
	/* The library would go on without. */
	bridge->lacks_login |= *session->options->login.user != '\0' && !dialogue->logged_in;
	char *word = memmem(line, length, UTF8_PATH_END, sizeof UTF8_PATH_END - 1);
	if (word != NULL && dialogue->utf8)
		word[sizeof UTF8_PATH_END - 1] = '8';
	bridge->ascii |= word != NULL && !dialogue->utf8;
	bool ends = bridge->lacks_login || bridge->ascii;
	bridge->tried += !ends;
	return ends;
}

/* Texts are not monitored; commands can share a buffer, which has not been sent yet. */
static void note_commands(struct bridge *bridge, char *octets, size_t length)
{
	expect_reply(bridge, bridge->session->options->timeout);
	while (length > 0) {
		const char *end = memchr(octets, '\n', length);
		size_t line = end != NULL ? (size_t)(end - octets) + 1 : length;
		relay_dialogue_send(&bridge->dialogue, octets, line);
		if (line > 5 && memcmp(octets, "MAIL ", 5) == 0 && note_mail(bridge, octets, line))
			relay_cut(bridge->session);
		octets += line;
		length -= line;
	}
}

static void note_reply(struct bridge *bridge, const char *octets, size_t length)
{
	relay_dialogue_receive(&bridge->dialogue, octets, length);
	if (bridge->dialogue.length > REPLY_MAX)
		relay_cut(bridge->session);
}

static void on_monitor(const char *octets, int length, int writing, void *data)
{
	if (writing == SMTP_CB_WRITING)
		note_commands(data, (char *)octets, (size_t)length);
	else if (writing == SMTP_CB_READING)
		note_reply(data, octets, (size_t)length);
}

static void set_timeouts(smtp_session_t smtp, const struct relay_options *options)
{
	static const int phases[] = {
		Timeout_GREETING, Timeout_ENVELOPE, Timeout_DATA, Timeout_TRANSFER};
	for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++)
		smtp_set_timeout(
			smtp, phases[i] | Timeout_OVERRIDE_RFC2822_MINIMUM, options->timeout * MS);
	smtp_set_timeout(
		smtp, Timeout_DATA2 | Timeout_OVERRIDE_RFC2822_MINIMUM, options->text_timeout * MS);
}

static bool is_eight_bit(const char *text)
{
	return !utf8_is_ascii(text, strlen(text));
}

/* NULL: the reply is about the message, or there is none. */
static const char *remedy_of(const smtp_status_t *status)
{
	return status != NULL ? relay_dialogue_remedy(
					status->code, status->text != NULL ? status->text : "")
			      : NULL;
}

static void set_reason(struct relay_message *message, const smtp_status_t *status)
{
	char class[32] = "";
	if (status == NULL || status->code == 0 || status->code == 354) {
		snprintf(message->reason, sizeof message->reason,
			"the relay hung up or did not reply in time");
		return;
	}
	if (status->enh_class != 0)
		snprintf(class, sizeof class, "%d.%d.%d ", status->enh_class, status->enh_subject,
			status->enh_detail);
	snprintf(message->reason, sizeof message->reason, "the relay replied %d %s%s", status->code,
		class, status->text != NULL ? status->text : "");
	relay_dialogue_clean(message->reason);
	const char *remedy = remedy_of(status);
	strncat(message->reason, remedy != NULL ? remedy : "",
		sizeof message->reason - strlen(message->reason) - 1);
}

static int code_of(const smtp_status_t *status)
{
	return status != NULL ? status->code : 0;
}

/* Judges by the replies, as what smtp_start_session() returns says nothing of them. */
static void judge(
	struct relay_message *message, smtp_message_t sent, smtp_recipient_t recipient, bool handed)
{
	const smtp_status_t *to_sender = smtp_reverse_path_status(sent);
	const smtp_status_t *to_recipient = smtp_recipient_status(recipient);
	const smtp_status_t *to_text = smtp_message_transfer_status(sent);
	int code = code_of(to_text);
	bool is_final = is_success(code) || (code >= 400 && code <= 599);
	/* The library forgets the 354 if the relay hangs up after it, takes half a line for a
	 * reply, and 250 to DATA for one to the text. */
	if (handed && !is_final)
		code = 354;
	else if (!handed && code < 400)
		code = 0;
	const smtp_status_t *last = !is_success(code_of(to_sender))      ? to_sender
				    : !is_success(code_of(to_recipient)) ? to_recipient
									 : to_text;
	message->outcome = relay_outcome(code_of(to_sender), code_of(to_recipient), code);
	if (message->outcome == RELAY_OUTCOME_PERMANENT && remedy_of(last) != NULL)
		message->outcome = RELAY_OUTCOME_TEMPORARY;
	set_reason(message, last);
}

static void add_message(smtp_session_t smtp, const struct relay_message *message,
	smtp_message_t *ret_sent, smtp_recipient_t *ret_recipient)
{
	*ret_sent = smtp_add_message(smtp);
	*ret_recipient = smtp_add_recipient(*ret_sent, message->recipient);
	bool utf8 = is_eight_bit(message->recipient);
	char *path = mem_format("%s%s", message->sender, utf8 ? UTF8_PATH_END : "");
	smtp_set_message_str(*ret_sent, message->text);
	smtp_set_reverse_path(*ret_sent, path);
	if (*message->sender == '\0')
		smtp_dsn_set_notify(*ret_recipient, Notify_NEVER);
	if (utf8 || is_eight_bit(message->text))
		smtp_8bitmime_set_body(*ret_sent, E8bitmime_8BITMIME);
	free(path);
}

/* What helps, if the relay has refused us with these words. */
static const char *remedy(const struct relay_dialogue *dialogue)
{
	bool of_name = strstr(dialogue->refusal, "to EHLO: 5") != NULL ||
		       strstr(dialogue->refusal, "to HELO: 5") != NULL;
	if (strstr(dialogue->refusal, "to AUTH: 5") != NULL)
		return "; see relay_user and relay_password_file";
	return of_name ? "; set hostname to a name that it accepts" : "";
}

/* The session ended before any message, for what the relay said last or did not say. */
static void set_refused(
	struct relay_session *session, const struct bridge *bridge, const struct relay_login *login)
{
	char text[128];
	size_t size = sizeof session->reason;
	const struct relay_dialogue *dialogue = &bridge->dialogue;
	const char *certificate = relay_login_refusal(login);
	session->refused = true;
	if (certificate != NULL)
		snprintf(session->reason, size, "%s", certificate);
	else if (bridge->lacking != NULL)
		snprintf(session->reason, size,
			"the relay does not offer %s; try another port, such as 587, or set "
			"relay_tls = \"none\"",
			bridge->lacking);
	else if (bridge->lacks_login && dialogue->refusal[0] == '\0')
		snprintf(session->reason, size,
			"the relay does not offer AUTH by PLAIN, LOGIN or CRAM-MD5; leave "
			"relay_user empty, or name another relay");
	else if (dialogue->refusal[0] != '\0')
		snprintf(session->reason, size, "%s%s", dialogue->refusal, remedy(dialogue));
	else if (strcmp(dialogue->command, "STARTTLS") == 0 && *dialogue->reply == '2')
		snprintf(session->reason, size, "TLS failed after the relay agreed to STARTTLS");
	else if (smtp_errno() != 0 && smtp_errno() != SMTP_ERR_DROPPED_CONNECTION &&
		 smtp_strerror(smtp_errno(), text, sizeof text) != NULL)
		snprintf(session->reason, size, "libesmtp: %s", text);
	else
		snprintf(session->reason, size, "the relay hung up or did not reply to %s in time",
			dialogue->command[0] != '\0' ? dialogue->command : "us");
}

static void give_up(
	struct relay_message *message, enum relay_outcome outcome, const char *extension)
{
	message->outcome = outcome;
	snprintf(message->reason, sizeof message->reason, "the relay lacks %s", extension);
}

/* For these the session has ended; the others have one of their own next. */
static void give_up_those_beyond(struct relay_session *session, const struct bridge *bridge)
{
	for (size_t i = bridge->tried; i < session->count; i++) {
		struct relay_message *message = &session->messages[i];
		if (is_eight_bit(message->recipient) && !bridge->dialogue.utf8)
			give_up(message, RELAY_OUTCOME_PERMANENT,
				"SMTPUTF8, which the address needs");
		else if (bridge->seven_bit && is_eight_bit(message->text))
			give_up(message, RELAY_OUTCOME_TEMPORARY, "8BITMIME");
	}
}

static void run_smtp(smtp_session_t smtp, struct bridge *bridge, const struct relay_login *login)
{
	struct relay_session *session = bridge->session;
	smtp_message_t sent[RELAY_BATCH] = {0};
	smtp_recipient_t recipients[RELAY_BATCH] = {0};
	for (size_t i = 0; i < session->count; i++)
		add_message(smtp, &session->messages[i], &sent[i], &recipients[i]);
	smtp_start_session(smtp);
	for (size_t i = 0; i < session->count && i < bridge->tried; i++)
		judge(&session->messages[i], sent[i], recipients[i], bridge->handed[i]);
	if (bridge->seven_bit || bridge->ascii)
		give_up_those_beyond(session, bridge);
	else if (bridge->tried == 0)
		set_refused(session, bridge, login);
}

static void run_session(struct bridge *bridge, struct relay_login *login)
{
	char server[32];
	const struct relay_options *options = bridge->session->options;
	snprintf(server, sizeof server, "127.0.0.1:%u", (unsigned)bridge->captive.port);
	smtp_session_t smtp = smtp_create_session();
	smtp_set_server(smtp, server);
	smtp_set_hostname(smtp, options->hostname);
	smtp_set_eventcb(smtp, on_event, bridge);
	smtp_set_monitorcb(smtp, on_monitor, bridge, 0);
	set_timeouts(smtp, options);
	relay_login_prepare(login, smtp);
	run_smtp(smtp, bridge, login);
	smtp_destroy_session(smtp);
}

static bool open_session(struct bridge *bridge, struct error *reterr)
{
	const struct relay_options *options = bridge->session->options;
	struct relay_login *login = relay_login_create(
		&options->login, options->servers[bridge->session->server].host, reterr);
	if (login == NULL)
		return false;
	bool opened = captive_socket_open(&bridge->captive);
	if (opened) {
		run_session(bridge, login);
		captive_socket_close(&bridge->captive);
	} else {
		error_set(reterr, "cannot create a socket on 127.0.0.1");
	}
	relay_login_destroy(login);
	return opened;
}

void relay_send(struct job *job)
{
	struct relay_session *session = (struct relay_session *)job;
	struct bridge bridge = {.session = session};
	struct error error;
	session->refused = false;
	for (size_t i = 0; i < session->count; i++)
		session->messages[i].outcome = RELAY_OUTCOME_UNTRIED;
	/* What is said too early keeps the library from sending, and from its time-outs. */
	expect_reply(&bridge, session->options->timeout);
	fcntl(session->fd, F_SETFL, O_NONBLOCK);
	if (!open_session(&bridge, &error)) {
		session->refused = true;
		snprintf(session->reason, sizeof session->reason, "%.*s", RELAY_REASON_SIZE - 1,
			error.text);
	}
	atomic_store(&session->deadline, 0);
}

void relay_connect(struct job *job)
{
	struct relay_session *session = (struct relay_session *)job;
	const struct relay_options *options = session->options;
	double seconds = (double)options->timeout;
	for (session->fd = -1; session->server < options->server_count; session->server++) {
		const struct host_port *server = &options->servers[session->server];
		struct error error = {0};
		session->fd = relay_socket_connect(server, seconds, &error);
		if (session->fd >= 0 && relay_socket_greets(session->fd, seconds, &error))
			return;
		snprintf(session->reason, sizeof session->reason, "%.40s:%u: %.180s", server->host,
			server->port, error.text);
		if (session->fd >= 0)
			close(session->fd);
		session->fd = -1;
	}
}

void relay_finish(struct relay_session *session)
{
	if (session->fd >= 0)
		close(session->fd);
	session->fd = -1;
	for (size_t i = 0; i < session->count; i++) {
		free(session->messages[i].sender);
		free(session->messages[i].recipient);
		free(session->messages[i].text);
	}
	session->count = 0;
}
