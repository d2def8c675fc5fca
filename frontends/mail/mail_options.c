#include "frontends/mail/mail_options.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/base/day.h"
#include "frontends/mail/relay/relay_socket.h"
#include "frontends/mail/smtp/smtp_address.h"
#include "frontends/net/listener.h"

#define AT(field) offsetof(struct mail_options, field)

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

static bool check_time(const char *text, struct error *reterr)
{
	int minute;
	if (day_parse_minute(text, &minute))
		return true;
	error_set(reterr, "'%s' is not a time from 00:00 to 23:59; write it as in 07:00", text);
	return false;
}

struct quote_fit mail_options_fit(const struct mail_options *options)
{
	return (struct quote_fit){
		.max_bytes = (size_t)options->max_quote_bytes,
		.max_lines = (size_t)options->max_quote_lines,
	};
}

int mail_options_minute(const struct mail_options *options)
{
	int minute = -1;
	if (*options->subscription_time != '\0')
		day_parse_minute(options->subscription_time, &minute);
	return minute;
}

static bool check_relay(const char *text, struct error *reterr)
{
	struct host_port server;
	return relay_socket_parse(text, &server, reterr);
}

static const char *const tls_choices[] = {"none", "starttls", NULL};

const struct setting mail_options_rows[] = {
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
	{"tls_certificate", SETTING_TYPE_STRING, AT(tls_certificate), "", 0, 0,
		.help = "PEM file of our certificate and its chain, to offer STARTTLS to senders "
			"by SMTP; empty: it is not offered"},
	{"tls_key", SETTING_TYPE_STRING, AT(tls_key), "", 0, 0,
		.help = "PEM file of its key, for its owner alone, or the name of a credential of "
			"the service manager; empty: in the file of the certificate"},
	{"relay", SETTING_TYPE_STRINGS, AT(relay), "{\"localhost:25\"}", 0, 0,
		.help = "SMTP servers that send the answers, host:port; if one is away or refuses "
			"us, the next is used",
		.check = check_relay},
	{"relay_tls", SETTING_TYPE_CHOICE, AT(relay_tls), "none", 0, 0,
		.help = "How to talk to the relay: none, or starttls with a certificate that is "
			"valid for its name",
		.choices = tls_choices},
	{"relay_ca", SETTING_TYPE_STRING, AT(relay_ca), "", 0, 0,
		.help = "File of the certificates that sign those of the relays; empty: the "
			"system's"},
	{"relay_user", SETTING_TYPE_STRING, AT(relay_user), "", 0, 0,
		.help = "User to log in to the relay as, with relay_tls; empty: no login",
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
	{"subscription_time", SETTING_TYPE_STRING, AT(subscription_time), "07:00", 0, 0,
		.help = "When subscribers get their daily quote if they name no other time; empty: "
			"there are no subscriptions",
		.check = check_time},
	{"max_unconfirmed", SETTING_TYPE_INTEGER, AT(max_unconfirmed), "3", 1, 100,
		.help = "Unanswered mails in 7 days that ask an address to confirm a subscription"},
	{"bounce_days", SETTING_TYPE_INTEGER, AT(bounce_days), "5", 1, 365,
		.help = "Days with bounces, with no more than one between them, after which a "
			"subscription is suspended"},
	{.name = NULL},
};

static bool check_login(const struct mail_options *options, struct error *reterr)
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

bool mail_options_check(const struct mail_options *options, struct error *reterr)
{
	if (!setting_check(mail_options_rows, options, reterr))
		return false;
	if (options->smtp.count + options->lmtp.count == 0)
		error_set(reterr, "smtp, lmtp: both are empty; set one, as in smtp = "
				  "{\"localhost:2525\"}");
	else if (options->relay.count == 0 || options->relay.count > RELAY_SERVERS)
		error_set(reterr, "relay: %zu servers; set 1 to %d, as in relay = \"localhost:25\"",
			options->relay.count, RELAY_SERVERS);
	else if (*options->tls_key != '\0' && *options->tls_certificate == '\0')
		error_set(reterr, "tls_key: needs tls_certificate");
	else
		return check_login(options, reterr);
	return false;
}

struct relay_options mail_options_relay(const struct mail_options *options, const char *hostname)
{
	struct relay_options relay = {
		.timeout = options->relay_timeout,
		.text_timeout = RELAY_TEXT_TIMEOUT,
		.hostname = hostname,
		.login = {strcmp(options->relay_tls, "none") != 0, options->relay_ca,
			options->relay_user, options->relay_password_file},
	};
	for (size_t i = 0; i < options->relay.count && relay.server_count < RELAY_SERVERS; i++) {
		struct host_port *server = &relay.servers[relay.server_count];
		relay.server_count += relay_socket_parse(options->relay.items[i], server, NULL);
	}
	return relay;
}
