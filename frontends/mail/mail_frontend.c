#include "frontends/mail/mail_frontend.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/kit/secret.h"
#include "frontends/mail/mail_listener.h"
#include "frontends/mail/service/mail_signup.h"
#include "frontends/net/listener.h"

enum { PROTOCOL_SMTP, PROTOCOL_LMTP, PROTOCOL_COUNT };

enum { TLS_INTERVAL = 10 /* seconds between two looks at the certificate */ };

struct mail_frontend {
	struct frontend base;
	struct mail_section section;
	struct smtp_mailboxes mailboxes;
	mode_t socket_mode;
	struct tls_server *tls; /* NULL: STARTTLS is not offered */
	char *hostname;
	char *url;
	struct mail_service *service; /* from start to stop */
	struct mail_listener *listeners[PROTOCOL_COUNT];
};

static const struct metrics_row metrics[] = {
	METRICS_COMMON_ROWS,
	LISTENER_METRICS_ROWS,
	[MAIL_METRICS_AUTOMATIC] = METRICS_REFUSAL("automatic"),
	[MAIL_METRICS_REPEATED] = METRICS_REFUSAL("repeated"),
	[MAIL_METRICS_BUDGET] = METRICS_REFUSAL("budget"),
	[MAIL_METRICS_LATER] = METRICS_REFUSAL("later"),
	[MAIL_METRICS_QUEUE] = METRICS_REFUSAL("queue_limit"),
	[MAIL_METRICS_TEMPORARY] = METRICS_REFUSAL("relay_temporary"),
	[MAIL_METRICS_PERMANENT] = METRICS_REFUSAL("relay_permanent"),
	[MAIL_METRICS_UNKNOWN] = METRICS_REFUSAL("relay_unknown"),
	[MAIL_METRICS_CROWDED] = METRICS_REFUSAL("max_connections"),
	[MAIL_METRICS_RELAY] = {"quoted_relay_queue", METRICS_TYPE_GAUGE,
		"Messages being sent through the relay or waiting for that", NULL},
	[MAIL_METRICS_LETTERS] = {"quoted_letters_total", METRICS_TYPE_COUNTER,
		"Daily quotes to subscribers that the relay took", NULL},
	[MAIL_METRICS_BOUNCES] = {"quoted_letter_bounces_total", METRICS_TYPE_COUNTER,
		"Daily quotes that came back", NULL},
	[MAIL_METRICS_SUBSCRIBERS] = {"quoted_subscribers", METRICS_TYPE_GAUGE,
		"Subscriptions to a daily quote that are not suspended", NULL},
	{.name = NULL},
};

static char *choose_hostname(const char *setting)
{
	char name[256] = "";
	if (*setting)
		return mem_strdup(setting);
	bool known = gethostname(name, sizeof name - 1) == 0 && smtp_address_is_domain(name);
	return mem_strdup(known ? name : "localhost");
}

/* Each session reads it anew, as the user that quoted becomes. */
static bool check_password(const char *file, struct error *reterr)
{
	struct error error = {0};
	char *password = *file != '\0' ? secret_read(file, &error) : mem_strdup("");
	if (password == NULL)
		error_set(reterr, "relay_password_file: %s", error.text);
	bool good = password != NULL;
	free(password);
	return good;
}

/* Checks every option, and keeps what it has read. */
static bool read_options(struct mail_frontend *mail, struct error *reterr)
{
	const struct mail_options *options = mail->section.options;
	if (!mail_options_check(options, reterr) ||
		!check_password(options->relay_password_file, reterr) ||
		!listener_read_mode(options->socket_mode, &mail->socket_mode, reterr))
		return false;
	error_set(reterr, "address: one of the list is empty; remove it");
	if (!smtp_mailboxes_read(&options->address, options->recipient_delimiter, &mail->mailboxes))
		return false;
	if (*options->tls_certificate == '\0')
		return true;
	mail->tls = tls_server_create(
		&(struct tls_server_options){
			.loop = mail->section.context->loop,
			.name = mail->section.context->name,
			.certificate = options->tls_certificate,
			.key = options->tls_key,
			.interval = TLS_INTERVAL,
		},
		reterr);
	return mail->tls != NULL;
}

static struct smtp_session_options session_options(const struct mail_frontend *mail, bool lmtp)
{
	const struct mail_options *options = mail->section.options;
	return (struct smtp_session_options){
		.lmtp = lmtp,
		.hostname = mail->hostname,
		.mailboxes = &mail->mailboxes,
		.postmaster = *options->postmaster,
		.max_message_bytes = options->max_message_bytes,
		.max_recipients = options->max_recipients,
		.max_errors = options->max_errors,
		.max_commands = options->max_commands,
		.starttls = !lmtp && mail->tls != NULL,
	};
}

static struct mail_listener *create_listener(struct mail_frontend *mail, bool lmtp)
{
	struct smtp_session_options session = session_options(mail, lmtp);
	return mail_listener_create(mail->section.context, mail->section.options, &session,
		mail->tls, mail->socket_mode);
}

static void mail_frontend_destroy(struct frontend *frontend)
{
	struct mail_frontend *mail = (struct mail_frontend *)frontend;
	if (mail == NULL)
		return;
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		mail_listener_destroy(mail->listeners[i]);
	tls_server_destroy(mail->tls);
	smtp_mailboxes_finish(&mail->mailboxes);
	free(mail->hostname);
	free(mail->url);
	free(mail);
}

static struct quote_fit mail_fit(const void *options)
{
	return mail_options_fit(options);
}

static struct frontend *mail_frontend_create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	struct mail_frontend *mail = mem_alloc(sizeof *mail);
	mail->base.ops = &mail_frontend_ops;
	mail->hostname = choose_hostname(((const struct mail_options *)options)->hostname);
	mail->section = (struct mail_section){
		.context = context,
		.options = options,
		.mailboxes = &mail->mailboxes,
		.hostname = mail->hostname,
	};
	if (!read_options(mail, reterr)) {
		mail_frontend_destroy(&mail->base);
		return NULL;
	}
	mail->url = mem_format("mailto:%s", mail->section.options->address.items[0]);
	struct quote_fit fit = mail_fit(options);
	asker_prepare(context->asker, &fit);
	asker_browse(context->asker);
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		mail->listeners[i] = create_listener(mail, i == PROTOCOL_LMTP);
	return &mail->base;
}

static void mail_frontend_stop(struct frontend *frontend)
{
	struct mail_frontend *mail = (struct mail_frontend *)frontend;
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		mail_listener_stop(mail->listeners[i]);
	mail_service_destroy(mail->service);
	mail->service = NULL;
	if (mail->tls != NULL)
		tls_server_stop(mail->tls);
}

static void warn(const struct mail_frontend *mail)
{
	if (!*mail->section.options->postmaster) {
		log_warning(mail->section.context->name,
			"mail for postmaster is refused, although RFC 5321 4.5.1 requires it to be "
			"accepted; set postmaster");
	}
	if (strchr(mail->hostname, '.') == NULL) {
		log_warning(mail->section.context->name,
			"our name is '%s', without a dot, which many relays refuse; set hostname "
			"as in mail.example.org",
			mail->hostname);
	}
}

static bool mail_frontend_start(struct frontend *frontend, struct error *reterr)
{
	struct mail_frontend *mail = (struct mail_frontend *)frontend;
	mail->service = mail_service_create(&mail->section, reterr);
	if (mail->service == NULL)
		return false;
	if (mail->tls != NULL && !tls_server_start(mail->tls, reterr)) {
		mail_frontend_stop(frontend);
		return false;
	}
	for (int i = 0; i < PROTOCOL_COUNT; i++) {
		if (!mail_listener_start(mail->listeners[i], mail->service, reterr)) {
			mail_frontend_stop(frontend);
			return false;
		}
	}
	warn(mail);
	return true;
}

static const char *mail_frontend_state(const struct frontend *frontend)
{
	const struct mail_frontend *mail = (const struct mail_frontend *)frontend;
	return mail->service != NULL && mail_service_failure(mail->service) != NULL
		       ? "cannot keep mail"
		       : NULL;
}

static void mail_frontend_drain(struct frontend *frontend)
{
	struct mail_frontend *mail = (struct mail_frontend *)frontend;
	mail_service_drain(mail->service);
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		mail_listener_drain(mail->listeners[i]);
}

static size_t mail_frontend_in_flight(const struct frontend *frontend)
{
	const struct mail_frontend *mail = (const struct mail_frontend *)frontend;
	size_t count = mail->service ? mail_service_pending(mail->service) : 0;
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		count += mail_listener_busy(mail->listeners[i]);
	return count;
}

static const char *mail_url(const struct frontend *frontend)
{
	return ((const struct mail_frontend *)frontend)->url;
}

static const char *mail_daily(const struct frontend *frontend)
{
	const struct mail_frontend *mail = (const struct mail_frontend *)frontend;
	const char *time = mail->section.options->subscription_time;
	return mail->service != NULL && *time != '\0' ? time : NULL;
}

static void mail_subscribe(struct frontend *frontend, const struct frontend_wish *wish,
	frontend_wish_callback *callback, void *data)
{
	const struct mail_frontend *mail = (const struct mail_frontend *)frontend;
	mail_signup_take(mail->service, wish, callback, data);
}

const struct frontend_ops mail_frontend_ops = {
	.name = "mail",
	.settings = mail_options_rows,
	.options_size = sizeof(struct mail_options),
	.keeps = true,
	.metrics = metrics,
	.fit = mail_fit,
	.create = mail_frontend_create,
	.url = mail_url,
	.daily = mail_daily,
	.subscribe = mail_subscribe,
	.start = mail_frontend_start,
	.state = mail_frontend_state,
	.drain = mail_frontend_drain,
	.in_flight = mail_frontend_in_flight,
	.stop = mail_frontend_stop,
	.destroy = mail_frontend_destroy,
};
