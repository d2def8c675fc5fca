#include "frontends/mail/relay/relay.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libesmtp.h>

#include "core/base/mem.h"
#include "frontends/net/captive_socket.h"

/*
 * libesmtp connects without a time-out, and takes the colons of an IPv6 address for that of the
 * port. So we connect ourselves, and put our connection in the place of its own.
 */
struct bridge {
	struct captive_socket captive;
	int relay;
	bool handed; /* some of the text was sent to the relay */
};

static bool is_success(int code)
{
	return code >= 200 && code <= 299;
}

enum relay_outcome relay_outcome(int recipient_code, int message_code)
{
	int code = is_success(recipient_code) ? message_code : recipient_code;
	if (code >= 500 && code <= 599)
		return RELAY_OUTCOME_PERMANENT;
	if (!is_success(recipient_code))
		return RELAY_OUTCOME_TEMPORARY;
	if (is_success(message_code))
		return RELAY_OUTCOME_TAKEN;
	/* 354 is the reply to DATA; the one to the text is missing. */
	return message_code == 354 ? RELAY_OUTCOME_UNKNOWN : RELAY_OUTCOME_TEMPORARY;
}

static void on_event(smtp_session_t session, int event, void *data, ...)
{
	struct bridge *bridge = data;
	(void)session;
	if (event == SMTP_EV_CONNECT)
		captive_socket_replace(&bridge->captive, bridge->relay);
	bridge->handed |= event == SMTP_EV_MESSAGEDATA;
}

static void set_timeouts(smtp_session_t session, long seconds)
{
	static const int phases[] = {
		Timeout_GREETING, Timeout_ENVELOPE, Timeout_DATA, Timeout_TRANSFER, Timeout_DATA2};
	for (size_t i = 0; i < sizeof phases / sizeof *phases; i++) {
		smtp_set_timeout(
			session, phases[i] | Timeout_OVERRIDE_RFC2822_MINIMUM, seconds * 1000);
	}
}

static bool is_eight_bit(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return *text;
}

static void set_reason(struct relay_job *job, const smtp_status_t *status)
{
	char text[128];
	if (status && status->code) {
		snprintf(job->reason, sizeof job->reason, "the relay replied %d %s", status->code,
			status->text ? status->text : "");
		job->reason[strcspn(job->reason, "\r\n")] = '\0';
	} else if (smtp_errno() == SMTP_ERR_DROPPED_CONNECTION) {
		/* libesmtp reports this for a relay that stalls, too. */
		snprintf(job->reason, sizeof job->reason,
			"the relay hung up or did not reply in time");
	} else if (smtp_errno() && smtp_strerror(smtp_errno(), text, sizeof text)) {
		snprintf(job->reason, sizeof job->reason, "libesmtp: %s", text);
	} else {
		snprintf(job->reason, sizeof job->reason, "the relay did not reply in time");
	}
}

/* Judges by the replies, as what smtp_start_session() returns says nothing of them. */
static void judge(struct relay_job *job, const struct bridge *bridge, smtp_message_t message,
	smtp_recipient_t recipient)
{
	const smtp_status_t *sender_status = smtp_reverse_path_status(message);
	int sender_code = sender_status ? sender_status->code : 0;
	if (!is_success(sender_code)) {
		/* The sender was refused, not the recipient, and nothing was sent. */
		job->outcome = RELAY_OUTCOME_TEMPORARY;
		set_reason(job, sender_status);
		return;
	}
	const smtp_status_t *recipient_status = smtp_recipient_status(recipient);
	int recipient_code = recipient_status ? recipient_status->code : 0;
	const smtp_status_t *status = smtp_message_transfer_status(message);
	int code = status ? status->code : 0;
	/* The library forgets the 354 if the relay hangs up after it. */
	job->outcome = relay_outcome(recipient_code, code == 0 && bridge->handed ? 354 : code);
	set_reason(job, is_success(recipient_code) ? status : recipient_status);
}

static void run_session(struct relay_job *job, struct bridge *bridge)
{
	char server[32];
	snprintf(server, sizeof server, "127.0.0.1:%u", (unsigned)bridge->captive.port);
	smtp_session_t session = smtp_create_session();
	smtp_message_t message = smtp_add_message(session);
	smtp_recipient_t recipient = smtp_add_recipient(message, job->recipient);
	smtp_set_server(session, server);
	smtp_set_hostname(session, job->hostname);
	smtp_set_eventcb(session, on_event, bridge);
	set_timeouts(session, job->timeout);
	smtp_set_message_str(message, job->text);
	if (*job->sender) {
		smtp_set_reverse_path(message, job->sender);
	} else {
		smtp_dsn_set_notify(recipient, Notify_NEVER);
	}
	if (is_eight_bit(job->text))
		smtp_8bitmime_set_body(message, E8bitmime_8BITMIME);
	smtp_start_session(session);
	judge(job, bridge, message, recipient);
	smtp_destroy_session(session);
}

static void on_run(struct job *base)
{
	struct relay_job *job = (struct relay_job *)base;
	struct bridge bridge = {0};
	struct error error;
	job->outcome = RELAY_OUTCOME_TEMPORARY;
	bridge.relay = relay_socket_connect(&job->server, (double)job->timeout, &error);
	if (bridge.relay < 0) {
		snprintf(job->reason, sizeof job->reason, "cannot connect to the relay: %.200s",
			error.text);
		return;
	}
	if (captive_socket_open(&bridge.captive)) {
		run_session(job, &bridge);
		captive_socket_close(&bridge.captive);
	} else {
		snprintf(job->reason, sizeof job->reason, "cannot create a socket on 127.0.0.1");
	}
	close(bridge.relay);
}

static void on_discard(struct job *base)
{
	relay_job_destroy((struct relay_job *)base);
}

struct relay_job *relay_job_create(void)
{
	struct relay_job *job = mem_alloc(sizeof *job);
	job->job.run = on_run;
	job->job.discard = on_discard;
	return job;
}

void relay_job_destroy(struct relay_job *job)
{
	if (job) {
		free(job->hostname);
		free(job->sender);
		free(job->recipient);
		free(job->text);
		free(job);
	}
}
