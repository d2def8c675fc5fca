#include "frontends/irc/connection/irc_login.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/irc/connection/irc_scram.h"
#include "frontends/tls/digest.h"

enum { CHUNK = 400 }; /* octets of base64 in one AUTHENTICATE */

static const char *const wanted[] = {"account-tag", "chghost", "message-tags", "server-time"};

struct irc_login {
	const struct irc_login_account *account;
	struct buffer offers;
	struct buffer challenge; /* in base64 */
	struct irc_scram *scram;
	size_t requests; /* without a reply yet */
	bool listed;     /* the server's capabilities are known */
	bool asked;      /* the first AUTHENTICATE is sent */
	bool replied;    /* the first reply to a challenge is sent */
	bool proved;     /* the server has proved that it knows the password */
	bool working;    /* on the reply to a challenge */
	bool logged_in;
	bool over;
};

/* Returns NULL if the login is not by SASL. */
static const char *mechanism_of(const struct irc_login *login)
{
	static const char *const mechanisms[] = {
		[IRC_LOGIN_METHOD_PLAIN] = "PLAIN",
		[IRC_LOGIN_METHOD_SCRAM] = "SCRAM-SHA-256",
		[IRC_LOGIN_METHOD_EXTERNAL] = "EXTERNAL",
		[IRC_LOGIN_METHOD_SERVICES] = NULL,
	};
	return mechanisms[login->account->method];
}

/* Returns what follows the word in a list with blanks or commas between, NULL if it is not there.
 */
static const char *find_word(const char *list, const char *word)
{
	size_t length = strlen(word);
	while (*list != '\0') {
		list += strspn(list, " ,");
		size_t here = strcspn(list, " ,");
		size_t name = strcspn(list, "= ,");
		if (name == length && strncmp(list, word, length) == 0)
			return list + name;
		list += here;
	}
	return NULL;
}

static void say(struct strings *out, const char *verb, const char *rest)
{
	char *line = mem_format("%s %s", verb, rest);
	strings_add(out, line);
	free(line);
}

static void end_if_done(struct irc_login *login, struct strings *out)
{
	bool waits = mechanism_of(login) != NULL && !login->logged_in;
	if (login->over || login->requests > 0 || waits)
		return;
	login->over = true;
	strings_add(out, "CAP END");
}

struct irc_login *irc_login_create(const struct irc_login_account *account)
{
	struct irc_login *login = mem_alloc(sizeof *login);
	login->account = account;
	return login;
}

void irc_login_begin(struct irc_login *login, struct strings *out)
{
	(void)login;
	strings_add(out, "CAP LS 302");
}

/* Of each offer, the value is a list with commas; an old server has none. */
static bool check_offer(const struct irc_login *login, struct error *reterr)
{
	const char *mechanism = mechanism_of(login);
	const char *value = find_word(login->offers.data, "sasl");
	if (value == NULL) {
		error_set(reterr, "it offers no SASL; set login = \"services\" or \"none\"");
		return false;
	}
	if (*value != '=')
		return true;
	char *mechanisms = mem_strndup(value + 1, strcspn(value, " ") - 1);
	bool offered = find_word(mechanisms, mechanism) != NULL;
	if (!offered)
		error_set(reterr, "it offers SASL by %.200s, not by %s; change login", mechanisms,
			mechanism);
	free(mechanisms);
	return offered;
}

/* SASL has a request of its own, as a request is granted or refused as a whole. */
static bool request(struct irc_login *login, struct strings *out, struct error *reterr)
{
	struct buffer list = {0};
	buffer_add(&list, ":");
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (find_word(login->offers.data, wanted[i]) != NULL)
			buffer_format(&list, "%s%s", list.length > 1 ? " " : "", wanted[i]);
	if (list.length > 1) {
		login->requests++;
		say(out, "CAP REQ", list.data);
	}
	buffer_finish(&list);
	login->listed = true;
	if (mechanism_of(login) != NULL) {
		if (!check_offer(login, reterr))
			return false;
		login->requests++;
		strings_add(out, "CAP REQ :sasl");
	}
	end_if_done(login, out);
	return true;
}

static bool take_offers(struct irc_login *login, const struct irc_line *line, struct strings *out,
	struct error *reterr)
{
	bool more = line->count > 3 && strcmp(line->params[2], "*") == 0;
	const char *list = line->count > 2 ? line->params[line->count - 1] : "";
	if (login->listed)
		return true;
	if (login->offers.length + strlen(list) <= IRC_LOGIN_OFFERS)
		buffer_format(&login->offers, "%s ", list);
	return more || request(login, out, reterr);
}

static bool take_reply(struct irc_login *login, const struct irc_line *line, bool granted,
	struct strings *out, struct error *reterr)
{
	bool sasl = line->count > 2 && find_word(line->params[line->count - 1], "sasl") != NULL;
	if (login->requests > 0)
		login->requests--;
	if (sasl && !granted) {
		error_set(reterr, "it refused to use SASL");
		return false;
	}
	if (sasl && mechanism_of(login) != NULL && !login->asked) {
		login->asked = true;
		say(out, "AUTHENTICATE", mechanism_of(login));
	}
	end_if_done(login, out);
	return true;
}

static bool take_cap(struct irc_login *login, const struct irc_line *line, struct strings *out,
	struct error *reterr)
{
	const char *command = line->count > 1 ? line->params[1] : "";
	if (login->over)
		return true;
	if (strcmp(command, "LS") == 0)
		return take_offers(login, line, out, reterr);
	if (strcmp(command, "ACK") == 0 || strcmp(command, "NAK") == 0)
		return take_reply(login, line, command[0] == 'A', out, reterr);
	return true;
}

/* IRCv3.2 SASL: an empty text is a '+', and follows a full last chunk. */
static void authenticate(struct strings *out, const char *data, size_t length)
{
	char *text = length > 0 ? digest_base64(data, length) : mem_strdup("");
	size_t left = strlen(text);
	for (const char *at = text;; at += CHUNK, left -= CHUNK) {
		char *chunk = mem_strndup(at, left < CHUNK ? left : CHUNK);
		say(out, "AUTHENTICATE", left > 0 ? chunk : "+");
		digest_wipe(chunk, strlen(chunk));
		free(chunk);
		if (left < CHUNK)
			break;
	}
	digest_wipe(text, strlen(text));
	free(text);
}

static void reply_plain(const struct irc_login *login, struct strings *out)
{
	struct buffer message = {0};
	buffer_append(&message, "", 1);
	buffer_append(&message, login->account->name, strlen(login->account->name) + 1);
	buffer_add(&message, login->account->password);
	authenticate(out, message.data, message.length);
	digest_wipe(message.data, message.length);
	buffer_finish(&message);
}

static bool reply_scram(
	struct irc_login *login, const char *challenge, struct strings *out, struct error *reterr)
{
	const struct irc_login_account *account = login->account;
	if (login->scram == NULL) {
		login->scram = irc_scram_create(account->name, account->password, NULL);
		const char *first = irc_scram_first(login->scram);
		authenticate(out, first, strlen(first));
		return true;
	}
	if (!login->replied) {
		login->replied = login->working =
			irc_scram_challenge(login->scram, challenge, reterr);
		return login->working;
	}
	login->proved = irc_scram_verify(login->scram, challenge, reterr);
	if (login->proved)
		strings_add(out, "AUTHENTICATE +");
	return login->proved;
}

static bool reply(
	struct irc_login *login, const char *challenge, struct strings *out, struct error *reterr)
{
	if (login->account->method == IRC_LOGIN_METHOD_SCRAM)
		return reply_scram(login, challenge, out, reterr);
	if (login->replied) {
		error_set(reterr, "it asked for the password twice");
		return false;
	}
	login->replied = true;
	if (login->account->method == IRC_LOGIN_METHOD_PLAIN)
		reply_plain(login, out);
	else
		authenticate(out, login->account->name, strlen(login->account->name));
	return true;
}

static bool take_challenge(
	struct irc_login *login, const char *chunk, struct strings *out, struct error *reterr)
{
	size_t length = strlen(chunk);
	struct buffer text = {0};
	if (!login->asked || login->logged_in || login->over)
		return true;
	if (strcmp(chunk, "+") != 0)
		buffer_append(&login->challenge, chunk, length);
	if (length == CHUNK && login->challenge.length <= IRC_LOGIN_CHALLENGE)
		return true;
	bool good = login->challenge.length <= IRC_LOGIN_CHALLENGE &&
		    (login->challenge.length == 0 ||
			    digest_unbase64(login->challenge.data, login->challenge.length, &text));
	if (!good)
		error_set(reterr, "its challenge is not base64, or too long");
	buffer_clear(&login->challenge);
	good = good && reply(login, text.length > 0 ? text.data : "", out, reterr);
	buffer_finish(&text);
	return good;
}

static bool take_success(struct irc_login *login, struct strings *out, struct error *reterr)
{
	if (mechanism_of(login) == NULL || login->over)
		return true;
	if (login->account->method == IRC_LOGIN_METHOD_SCRAM && !login->proved) {
		error_set(reterr, "it did not prove that it knows the password");
		return false;
	}
	login->logged_in = true;
	end_if_done(login, out);
	return true;
}

static bool refuse(const struct irc_line *line, struct error *reterr)
{
	error_set(reterr, "%03d %.300s%s%.100s", line->code, line->params[line->count - 1],
		line->code == 908 ? ": " : "",
		line->code == 908 && line->count > 1 ? line->params[1] : "");
	return false;
}

/* It registers us without, or knows no CAP. */
static bool go_without(struct irc_login *login, struct error *reterr)
{
	bool lacks = mechanism_of(login) != NULL && !login->logged_in && !login->over;
	login->over = true;
	if (lacks)
		error_set(reterr, "it offers no SASL; set login = \"services\" or \"none\"");
	return !lacks;
}

static bool take_numeric(struct irc_login *login, const struct irc_line *line, struct strings *out,
	struct error *reterr)
{
	switch (line->code) {
	case 1:
		return go_without(login, reterr);
	case 421: /* unknown command */
		return line->count < 2 || strcmp(line->params[1], "CAP") != 0 ||
		       go_without(login, reterr);
	case 903: /* success, 907 logged in already */
	case 907:
		return take_success(login, out, reterr);
	case 902: /* locked, 904 failed, 905 too long, 906 aborted, 908 other mechanisms */
	case 904:
	case 905:
	case 906:
	case 908:
		return login->over || refuse(line, reterr);
	default:
		return true;
	}
}

bool irc_login_line(struct irc_login *login, const struct irc_line *line, struct strings *out,
	struct error *reterr)
{
	if (line->code != 0)
		return take_numeric(login, line, out, reterr);
	if (strcmp(line->command, "CAP") == 0)
		return take_cap(login, line, out, reterr);
	if (strcmp(line->command, "AUTHENTICATE") == 0 && line->count > 0)
		return take_challenge(login, line->params[0], out, reterr);
	return true;
}

bool irc_login_work(struct irc_login *login, struct strings *out)
{
	const char *final = login->working ? irc_scram_work(login->scram) : NULL;
	if (final != NULL) {
		login->working = false;
		authenticate(out, final, strlen(final));
	}
	return login->working;
}

void irc_login_destroy(struct irc_login *login)
{
	if (login == NULL)
		return;
	irc_scram_destroy(login->scram);
	buffer_finish(&login->offers);
	buffer_finish(&login->challenge);
	free(login);
}
