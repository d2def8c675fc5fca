#include "frontends/mail/mail_frontend.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "frontends/mail/mail_connection.h"
#include "frontends/mail/mail_service.h"
#include "frontends/net/listener.h"

enum { PROTOCOL_SMTP, PROTOCOL_LMTP, PROTOCOL_COUNT };

struct member {
	struct mail_connection *connection;
	const struct door *door;
	struct member *next;
};

struct mail_frontend;

/* A listener and what its connections share. */
struct door {
	struct mail_frontend *frontend;
	char *name;
	struct limits *limits;
	struct listener *listener;
	struct smtp_session_options session;
	struct mail_connection_options connection;
};

struct mail_frontend {
	struct frontend base;
	const struct frontend_context *context;
	const struct mail_frontend_options *options;
	struct smtp_mailboxes mailboxes;
	mode_t socket_mode;
	char *hostname;
	char *url;
	struct mail_service *service; /* from start to stop */
	struct door doors[PROTOCOL_COUNT];
	struct member *members;
};

#define AT(field) offsetof(struct mail_frontend_options, field)

static bool check_mailbox(const char *text, struct error *reterr)
{
	struct smtp_address address;
	if (smtp_address_parse(text, &address) && !address.utf8)
		return true;
	error_set(reterr, "'%s' is not an ASCII mail address; write it as in quote@example.org",
		text);
	return false;
}

static bool check_hostname(const char *text, struct error *reterr)
{
	if (smtp_address_is_domain(text))
		return true;
	error_set(reterr, "'%s' is not a host name; write it as in mail.example.org", text);
	return false;
}

static bool check_delimiter(const char *text, struct error *reterr)
{
	if (strspn(text, "+-_.=#") == strlen(text))
		return true;
	error_set(reterr, "'%s' has another character than + - _ . = #", text);
	return false;
}

static bool check_sender_domain(const char *text, struct error *reterr)
{
	if (strcmp(text, "*") == 0 || smtp_address_is_domain(text))
		return true;
	error_set(reterr, "'%s' is not a domain; write it as in example.org, or * for all", text);
	return false;
}

static bool check_name(const char *text, struct error *reterr)
{
	if (smtp_address_is_text(text))
		return true;
	error_set(reterr, "must be UTF-8 without control characters");
	return false;
}

static bool check_relay(const char *text, struct error *reterr)
{
	struct relay_server server;
	return relay_socket_parse(text, &server, reterr);
}

static const char *const tls_choices[] = {"none", "starttls", NULL};

static const struct setting settings[] = {
	WIRE_OPTIONS_ROWS,
	{"address", SETTING_TYPE_STRINGS, AT(address), "{}", 0, 0,
		.help = "Required: the address that answers, as in quote@example.org, or a list",
		.check = check_mailbox,
		.required = "write the address that answers, as in \"quote@example.org\""},
	{"recipient_delimiter", SETTING_TYPE_STRING, AT(recipient_delimiter), "+", 0, 0,
		.help = "Characters that may begin a detail, as in quote+today@example.org; empty: "
			"none",
		.check = check_delimiter},
	{"from_name", SETTING_TYPE_STRING, AT(from_name), "quoted", 0, 0,
		.help = "Name in the From field of answers", .check = check_name},
	{"smtp", SETTING_TYPE_STRINGS, AT(smtp), "{\"localhost:2525\"}", 0, 0,
		.help = "Addresses to listen on for SMTP", .check = address_check,
		.listens = "tcp"},
	{"lmtp", SETTING_TYPE_STRINGS, AT(lmtp), "{}", 0, 0,
		.help = "Addresses to listen on for LMTP, as in unix:/run/quoted/lmtp",
		.check = address_check, .listens = "tcp"},
	{"socket_mode", SETTING_TYPE_STRING, AT(socket_mode), "0660", 0, 0,
		.help = "Octal mode of the unix sockets among these, which says who may connect",
		.check = listener_check_mode},
	{"relay", SETTING_TYPE_STRINGS, AT(relay), "{\"localhost:25\"}", 0, 0,
		.help = "SMTP servers that send the answers, host:port; the next one if one is "
			"away or refuses us",
		.check = check_relay},
	{"relay_tls", SETTING_TYPE_CHOICE, AT(relay_tls), "none", 0, 0,
		.help = "How to talk to the relay: none, or starttls with a certificate that is "
			"valid for its name",
		.choices = tls_choices},
	{"relay_ca", SETTING_TYPE_STRING, AT(relay_ca), "", 0, 0,
		.help = "File of the certificates that sign those of the relays; empty: the "
			"system's"},
	{"relay_user", SETTING_TYPE_STRING, AT(relay_user), "", 0, 0,
		.help = "User to log in to the relay as; empty: without; needs relay_tls",
		.check = check_name},
	{"relay_password_file", SETTING_TYPE_STRING, AT(relay_password_file), "", 0, 0,
		.help = "File with the password, for its owner alone, or the name of a credential "
			"of the service manager"},
	{"relay_timeout", SETTING_TYPE_INTEGER, AT(relay_timeout), "30", 1, RELAY_TIMEOUT_MAX,
		.help = "Seconds to connect to the relay, and for each of its replies"},
	{"hostname", SETTING_TYPE_STRING, AT(hostname), "", 0, 0,
		.help = "Our name in greetings; empty: the machine's", .check = check_hostname},
	{"postmaster", SETTING_TYPE_STRING, AT(postmaster), "", 0, 0,
		.help = "Address to which mail for postmaster is forwarded; empty: it is refused",
		.check = check_mailbox},
	{"trusted_authserv", SETTING_TYPE_STRING, AT(trusted_authserv), "", 0, 0,
		.help = "The authserv-id whose Authentication-Results must say that a sender "
			"passed SPF, DKIM or DMARC; empty: none"},
	{"sender_domains", SETTING_TYPE_STRINGS, AT(sender_domains), "{}", 0, 0,
		.help = "Domains, with those below, whose senders are answered without that; "
			"{\"*\"}: all, if the server in front refuses forged ones",
		.check = check_sender_domain},
	{"max_connections", SETTING_TYPE_INTEGER, AT(max_connections), "100", 1, 10000,
		.help = "Connections open at once, for SMTP and LMTP each; the last place is kept "
			"for a "
			"network without any"},
	{"max_per_prefix", SETTING_TYPE_INTEGER, AT(max_per_prefix), "20", 1, 10000,
		.help = "Connections of one IPv4 /24 or IPv6 /56 network; further ones are closed"},
	{"max_message_bytes", SETTING_TYPE_INTEGER, AT(max_message_bytes), "1048576", 65536,
		104857600, .help = "Octets of a message"},
	{"max_recipients", SETTING_TYPE_INTEGER, AT(max_recipients), "100", 100, 10000,
		.help = "Recipients of a message"},
	{"max_errors", SETTING_TYPE_INTEGER, AT(max_errors), "20", 1, 10000,
		.help = "Refused commands in a session"},
	{"max_commands", SETTING_TYPE_INTEGER, AT(max_commands), "1000", 10, 1000000,
		.help = "Commands in a session"},
	{"idle_timeout", SETTING_TYPE_INTEGER, AT(idle_timeout), "300", 300, 86400,
		.help = "Seconds for a command, or without an octet of a message"},
	{"max_age", SETTING_TYPE_INTEGER, AT(max_age), "3600", 300, 86400,
		.help = "Seconds that a session may last"},
	{"sender_per_hour", SETTING_TYPE_INTEGER, AT(sender_per_hour), "20", 1, 100000,
		.help = "Answers an hour to one sender"},
	{"total_per_hour", SETTING_TYPE_INTEGER, AT(total_per_hour), "1000", 1, 1000000,
		.help = "Answers an hour to all senders"},
	{"max_received", SETTING_TYPE_INTEGER, AT(max_received), "30", 1, 1000,
		.help = "Received fields in a message; with more it is taken for a loop"},
	{"workers", SETTING_TYPE_INTEGER, AT(workers), "2", 1, 16,
		.help = "Sessions with the relay at once, of up to 16 messages each"},
	{"queue_limit", SETTING_TYPE_INTEGER, AT(queue_limit), "10000", 1, 1000000,
		.help = "Messages that may wait for the relay; further ones are put off"},
	{"queue_lifetime", SETTING_TYPE_INTEGER, AT(queue_lifetime), "432000", 60, 2592000,
		.help = "Seconds that a message is tried, 432000 are 5 days; then it is given up"},
	{"retry_first", SETTING_TYPE_INTEGER, AT(retry_first), "60", 1, 86400,
		.help = "Seconds until a message that the relay put off is tried again; they "
			"double each time"},
	{"retry_last", SETTING_TYPE_INTEGER, AT(retry_last), "14400", 1, 86400,
		.help = "The most seconds between two tries of a message"},
	{"max_quote_bytes", SETTING_TYPE_INTEGER, AT(max_quote_bytes), "4096", 64, 65536,
		.help = "Octets of a quote; longer ones are not picked"},
	{"max_quote_lines", SETTING_TYPE_INTEGER, AT(max_quote_lines), "60", 1, 1000,
		.help = "Lines of a quote; longer ones are not picked"},
	{.name = NULL},
};

static const struct metrics_row metrics[] = {
	METRICS_COMMON_ROWS,
	LISTENER_METRICS_ROWS,
	[MAIL_SERVICE_METRICS_AUTOMATIC] = METRICS_REFUSAL("automatic"),
	[MAIL_SERVICE_METRICS_REPEATED] = METRICS_REFUSAL("repeated"),
	[MAIL_SERVICE_METRICS_BUDGET] = METRICS_REFUSAL("budget"),
	[MAIL_SERVICE_METRICS_LATER] = METRICS_REFUSAL("later"),
	[MAIL_SERVICE_METRICS_QUEUE] = METRICS_REFUSAL("queue_limit"),
	[MAIL_SERVICE_METRICS_TEMPORARY] = METRICS_REFUSAL("relay_temporary"),
	[MAIL_SERVICE_METRICS_PERMANENT] = METRICS_REFUSAL("relay_permanent"),
	[MAIL_SERVICE_METRICS_UNKNOWN] = METRICS_REFUSAL("relay_unknown"),
	[MAIL_SERVICE_METRICS_CROWDED] = METRICS_REFUSAL("max_connections"),
	[MAIL_SERVICE_METRICS_RELAY] = {"quoted_relay_queue", METRICS_TYPE_GAUGE,
		"Messages being sent through the relay or waiting for that", NULL},
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

static bool check_login(const struct mail_frontend_options *options, struct error *reterr)
{
	bool tls = strcmp(options->relay_tls, "none") != 0;
	bool user = *options->relay_user != '\0';
	bool password = *options->relay_password_file != '\0';
	if (user != password)
		error_set(reterr, "relay_user, relay_password_file: set both or none");
	else if (user && !tls)
		error_set(reterr,
			"relay_user: the password would cross the network as it is; set relay_tls "
			"= \"starttls\"");
	else if (*options->relay_ca != '\0' && access(options->relay_ca, R_OK) != 0)
		error_set(reterr, "relay_ca: %s: %s", options->relay_ca, strerror(errno));
	else
		return true;
	return false;
}

/* Checks every option, and keeps what it has parsed. */
static bool read_options(struct mail_frontend *mail, struct error *reterr)
{
	const struct mail_frontend_options *options = mail->options;
	if (!setting_check(settings, options, reterr))
		return false;
	if (options->smtp.count + options->lmtp.count == 0) {
		error_set(reterr, "smtp, lmtp: both are empty; set one, as in smtp = "
				  "{\"localhost:2525\"}");
		return false;
	}
	if (options->relay.count == 0 || options->relay.count > RELAY_SERVERS) {
		error_set(reterr, "relay: %zu servers; set 1 to %d, as in relay = \"localhost:25\"",
			options->relay.count, RELAY_SERVERS);
		return false;
	}
	if (!check_login(options, reterr))
		return false;
	error_set(reterr, "address: one of the list is empty; remove it");
	return smtp_mailboxes_read(
		       &options->address, options->recipient_delimiter, &mail->mailboxes) &&
	       listener_read_mode(options->socket_mode, &mail->socket_mode, reterr);
}

static void on_close(void *data, struct mail_connection *connection, const struct address *peer)
{
	struct door *door = data;
	struct member **link = &door->frontend->members;
	while ((*link)->connection != connection)
		link = &(*link)->next;
	struct member *member = *link;
	*link = member->next;
	free(member);
	listener_release(door->listener, peer);
}

/* The listener is about to let all others wait, for as long as every connection stays. */
static void keep_a_place(const struct door *door, struct member *newcomer)
{
	const struct mail_frontend *mail = door->frontend;
	size_t count = 0;
	struct mail_crowd_place *places =
		mem_alloc((size_t)mail->options->max_connections * sizeof *places);
	for (struct member *member = newcomer->next; member; member = member->next)
		if (member->door == door)
			places[count++] = mail_connection_place(member->connection);
	places[count++] = mail_connection_place(newcomer->connection);
	struct mail_connection *chosen = mail_crowd_choose(places, count);
	free(places);
	if (chosen == NULL)
		return;
	metrics_add(mail->context->metrics, MAIL_SERVICE_METRICS_CROWDED, 1);
	log_info(door->name,
		"closed a connection without a message, to keep a place for others; "
		"max_connections is %ld",
		mail->options->max_connections);
	mail_connection_shed(chosen);
}

static void on_connection(void *data, int fd, const struct address *peer)
{
	struct door *door = data;
	struct mail_frontend *mail = door->frontend;
	struct member *member = mem_alloc(sizeof *member);
	member->connection = mail_connection_create(&door->connection, fd, peer);
	member->door = door;
	member->next = mail->members;
	mail->members = member;
	if (limits_is_full(door->limits))
		keep_a_place(door, member);
}

static void init_door(struct mail_frontend *mail, int protocol)
{
	const struct mail_frontend_options *options = mail->options;
	struct door *door = &mail->doors[protocol];
	bool lmtp = protocol == PROTOCOL_LMTP;
	door->frontend = mail;
	door->name = mem_format("%s%s", mail->context->name, lmtp ? ".lmtp" : "");
	door->session = (struct smtp_session_options){
		.lmtp = lmtp,
		.hostname = mail->hostname,
		.mailboxes = &mail->mailboxes,
		.postmaster = *options->postmaster,
		.max_message_bytes = options->max_message_bytes,
		.max_recipients = options->max_recipients,
		.max_errors = options->max_errors,
		.max_commands = options->max_commands,
	};
	door->connection = (struct mail_connection_options){
		.loop = mail->context->loop,
		.session = &door->session,
		.idle_timeout = (double)options->idle_timeout,
		.max_age = (double)options->max_age,
		.on_close = on_close,
		.data = door,
	};
	door->limits = limits_create(&(struct limits_options){
		.loop = mail->context->loop,
		.name = door->name,
		.max_connections = options->max_connections,
		.max_per_prefix = options->max_per_prefix,
	});
	door->listener = listener_create(&(struct listener_options){
		.loop = mail->context->loop,
		.name = door->name,
		.addresses = lmtp ? &options->lmtp : &options->smtp,
		.socket_mode = mail->socket_mode,
		.limits = door->limits,
		.metrics = mail->context->metrics,
		.on_connection = on_connection,
		.data = door,
	});
}

static void mail_frontend_destroy(struct frontend *frontend)
{
	struct mail_frontend *mail = (struct mail_frontend *)frontend;
	if (mail == NULL)
		return;
	for (int i = 0; i < PROTOCOL_COUNT; i++) {
		listener_destroy(mail->doors[i].listener);
		limits_destroy(mail->doors[i].limits);
		free(mail->doors[i].name);
	}
	smtp_mailboxes_finish(&mail->mailboxes);
	free(mail->hostname);
	free(mail->url);
	free(mail);
}

static struct quote_fit mail_fit(const void *options)
{
	const struct mail_frontend_options *of_mail = options;
	return (struct quote_fit){
		.max_bytes = (size_t)of_mail->max_quote_bytes,
		.max_lines = (size_t)of_mail->max_quote_lines,
	};
}

static struct frontend *mail_frontend_create(
	const struct frontend_context *context, const void *options, struct error *reterr)
{
	struct mail_frontend *mail = mem_alloc(sizeof *mail);
	mail->base.ops = &mail_frontend_ops;
	mail->context = context;
	mail->options = options;
	mail->hostname = choose_hostname(mail->options->hostname);
	if (!read_options(mail, reterr)) {
		smtp_mailboxes_finish(&mail->mailboxes);
		free(mail->hostname);
		free(mail);
		return NULL;
	}
	mail->url = mem_format("mailto:%s", mail->options->address.items[0]);
	struct quote_fit fit = mail_fit(options);
	asker_prepare(context->asker, &fit);
	asker_browse(context->asker);
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		init_door(mail, i);
	return &mail->base;
}

static struct relay_options relay_options(const struct mail_frontend *mail)
{
	const struct mail_frontend_options *options = mail->options;
	struct relay_options relay = {
		.timeout = options->relay_timeout,
		.hostname = mail->hostname,
		.login = {strcmp(options->relay_tls, "none") != 0, options->relay_ca,
			options->relay_user, options->relay_password_file},
	};
	for (size_t i = 0; i < options->relay.count && relay.server_count < RELAY_SERVERS; i++) {
		struct relay_server *server = &relay.servers[relay.server_count];
		relay.server_count += relay_socket_parse(options->relay.items[i], server, NULL);
	}
	return relay;
}

static struct mail_queue_options queue_options(const struct mail_frontend *mail)
{
	const struct mail_frontend_options *options = mail->options;
	return (struct mail_queue_options){
		.loop = mail->context->loop,
		.store = mail->context->store,
		.rng = mail->context->rng,
		.metrics = mail->context->metrics,
		.rows = {MAIL_SERVICE_METRICS_TEMPORARY, MAIL_SERVICE_METRICS_PERMANENT,
			MAIL_SERVICE_METRICS_UNKNOWN, MAIL_SERVICE_METRICS_RELAY},
		.name = mail->context->name,
		.relay = relay_options(mail),
		.workers = options->workers,
		.limit = options->queue_limit,
		.retry_first = options->retry_first,
		.retry_last = options->retry_last,
		.lifetime = options->queue_lifetime,
	};
}

static bool create_service(struct mail_frontend *mail, struct error *reterr)
{
	const struct mail_frontend_options *options = mail->options;
	mail->service = mail_service_create(
		&(struct mail_service_options){
			.context = mail->context,
			.from_name = options->from_name,
			.hostname = mail->hostname,
			.postmaster = options->postmaster,
			.policy = {&mail->mailboxes, mail->hostname, options->trusted_authserv,
				&options->sender_domains, options->max_received},
			.queue = queue_options(mail),
			.sender_per_hour = options->sender_per_hour,
			.total_per_hour = options->total_per_hour,
			.fit = mail_fit(options),
		},
		reterr);
	if (mail->service == NULL)
		return false;
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		mail->doors[i].connection.service = mail->service;
	return true;
}

static void mail_frontend_stop(struct frontend *frontend)
{
	struct mail_frontend *mail = (struct mail_frontend *)frontend;
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		listener_stop(mail->doors[i].listener);
	while (mail->members)
		mail_connection_close(mail->members->connection);
	for (int i = 0; i < PROTOCOL_COUNT; i++)
		limits_tell(mail->doors[i].limits);
	mail_service_destroy(mail->service);
	mail->service = NULL;
}

static bool mail_frontend_start(struct frontend *frontend, struct error *reterr)
{
	struct mail_frontend *mail = (struct mail_frontend *)frontend;
	if (!create_service(mail, reterr))
		return false;
	for (int i = 0; i < PROTOCOL_COUNT; i++) {
		if (!listener_start(mail->doors[i].listener, reterr)) {
			mail_frontend_stop(frontend);
			return false;
		}
	}
	if (!*mail->options->postmaster) {
		log_warning(mail->context->name,
			"mail for postmaster is refused, although RFC 5321 4.5.1 requires it to be "
			"accepted; set postmaster");
	}
	if (strchr(mail->hostname, '.') == NULL) {
		log_warning(mail->context->name,
			"our name is '%s', without a dot, which many relays refuse; set hostname "
			"as in mail.example.org",
			mail->hostname);
	}
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
		listener_stop(mail->doors[i].listener);
	for (struct member *member = mail->members, *next; member; member = next) {
		next = member->next;
		mail_connection_drain(member->connection);
	}
}

static size_t mail_frontend_in_flight(const struct frontend *frontend)
{
	const struct mail_frontend *mail = (const struct mail_frontend *)frontend;
	size_t count = mail->service ? mail_service_pending(mail->service) : 0;
	for (const struct member *member = mail->members; member; member = member->next)
		count += mail_connection_is_busy(member->connection);
	return count;
}

static const char *mail_url(const struct frontend *frontend)
{
	return ((const struct mail_frontend *)frontend)->url;
}

const struct frontend_ops mail_frontend_ops = {
	.name = "mail",
	.settings = settings,
	.options_size = sizeof(struct mail_frontend_options),
	.keeps = true,
	.metrics = metrics,
	.fit = mail_fit,
	.create = mail_frontend_create,
	.url = mail_url,
	.start = mail_frontend_start,
	.state = mail_frontend_state,
	.drain = mail_frontend_drain,
	.in_flight = mail_frontend_in_flight,
	.stop = mail_frontend_stop,
	.destroy = mail_frontend_destroy,
};
