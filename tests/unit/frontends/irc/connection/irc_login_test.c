#include "frontends/irc/connection/irc_login.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/tls/digest.h"

static const struct irc_login_account none = {IRC_LOGIN_METHOD_NONE, "", NULL};
static const struct irc_login_account plain = {IRC_LOGIN_METHOD_PLAIN, "bot", "hush"};
static const struct irc_login_account by_certificate = {IRC_LOGIN_METHOD_EXTERNAL, "", NULL};
static const struct irc_login_account scram = {IRC_LOGIN_METHOD_SCRAM, "user", "pencil"};
static const struct irc_login_account services = {IRC_LOGIN_METHOD_SERVICES, "bot", "hush"};

/* Says a line to the login; returns what it answers, lines ended by '|', the caller's to free; or
 * "!" and why it fails. */
static char *hear(struct irc_login *login, const char *said)
{
	char *text = mem_strdup(said);
	struct irc_line line;
	struct strings out = {0};
	struct buffer answer = {0};
	struct error error = {0};
	buffer_add(&answer, "");
	cr_assert(irc_line_parse(text, strlen(text), &line), "%s", said);
	bool good = irc_login_line(login, &line, &out, &error);
	while (good && irc_login_work(login, &out))
		continue;
	for (size_t i = 0; i < out.count; i++)
		buffer_format(&answer, "%s|", out.items[i]);
	if (!good)
		buffer_format(&answer, "!%s", error.text);
	strings_finish(&out);
	free(text);
	return answer.data;
}

struct turn {
	const char *said, *answer;
};

static void play(const struct irc_login_account *account, const struct turn *turns)
{
	struct strings out = {0};
	struct irc_login *login = irc_login_create(account);
	irc_login_begin(login, &out);
	cr_assert_eq(out.count, 1);
	cr_assert_str_eq(out.items[0], "CAP LS 302");
	strings_finish(&out);
	for (; turns->said != NULL; turns++) {
		char *answer = hear(login, turns->said);
		cr_expect_str_eq(answer, turns->answer, "%s", turns->said);
		free(answer);
	}
	irc_login_destroy(login);
}

#define PLAY(account, ...) play(&(account), (const struct turn[]){__VA_ARGS__, {NULL, NULL}})

Test(irc_login, asks_for_what_it_uses)
{
	PLAY(none, {":s CAP * LS :", "CAP END|"});
	PLAY(none, {":s CAP * LS :multi-prefix echo-message", "CAP END|"});
	PLAY(none, {":s CAP * LS * :echo-message message-tags", ""},
		{":s CAP * LS :server-time sasl=PLAIN account-tag chghost",
			"CAP REQ :account-tag chghost message-tags server-time|"},
		{":s CAP * ACK :account-tag chghost message-tags server-time", "CAP END|"},
		{":s CAP * NEW :away-notify", ""}, {":s 001 q :hi", ""});
	PLAY(none, {":s CAP * LS :server-time", "CAP REQ :server-time|"},
		{":s CAP * NAK :server-time", "CAP END|"});
	PLAY(services, {":s CAP * LS :sasl", "CAP END|"});
}

Test(irc_login, goes_on_without_capabilities)
{
	PLAY(none, {":s 421 * CAP :Unknown command", ""}, {":s 001 q :hi", ""});
	PLAY(none, {":s 001 q :hi", ""}, {":s CAP * LS :server-time", ""});
	PLAY(plain, {":s 421 * CAP :Unknown command",
			    "!it offers no SASL; set login = \"services\" or \"none\""});
	PLAY(plain, {":s 001 q :hi", "!it offers no SASL; set login = \"services\" or \"none\""});
	PLAY(plain, {":s 421 * JOIN :Unknown command", ""});
}

Test(irc_login, plain)
{
	PLAY(plain, {":s CAP * LS :server-time sasl", "CAP REQ :server-time|CAP REQ :sasl|"},
		{":s CAP * ACK :server-time", ""}, {":s CAP * ACK :sasl ", "AUTHENTICATE PLAIN|"},
		{"AUTHENTICATE +", "AUTHENTICATE AGJvdABodXNo|"},
		{":s 900 * q!u@h bot :You are now logged in as bot", ""},
		{":s 903 * :SASL authentication successful", "CAP END|"});
}

Test(irc_login, external)
{
	static const struct irc_login_account named = {IRC_LOGIN_METHOD_EXTERNAL, "bot", NULL};
	PLAY(by_certificate, {":s CAP * LS :sasl=EXTERNAL,PLAIN", "CAP REQ :sasl|"},
		{":s CAP * ACK :sasl", "AUTHENTICATE EXTERNAL|"},
		{"AUTHENTICATE +", "AUTHENTICATE +|"}, {":s 903 * :ok", "CAP END|"});
	PLAY(named, {":s CAP * LS :sasl=EXTERNAL", "CAP REQ :sasl|"},
		{":s CAP * ACK :sasl", "AUTHENTICATE EXTERNAL|"},
		{"AUTHENTICATE +", "AUTHENTICATE Ym90|"});
}

Test(irc_login, says_why_it_cannot)
{
	static const struct turn refusals[] = {
		{":s 904 * :SASL authentication failed", "!904 SASL authentication failed"},
		{":s 902 * :You must use a nick assigned to you",
			"!902 You must use a nick assigned to you"},
		{":s 908 * EXTERNAL :are available SASL mechanisms",
			"!908 are available SASL mechanisms: EXTERNAL"},
		{":s 906 * :SASL authentication aborted", "!906 SASL authentication aborted"},
		{"AUTHENTICATE :!!!", "!its challenge is not base64, or too long"},
	};
	PLAY(plain, {":s CAP * LS :server-time",
			    "CAP REQ :server-time|!it offers no SASL; set login = \"services\" or "
			    "\"none\""});
	PLAY(plain, {":s CAP * LS :sasl=EXTERNAL,SCRAM-SHA-256",
			    "!it offers SASL by EXTERNAL,SCRAM-SHA-256, not by PLAIN; change "
			    "login"});
	PLAY(plain, {":s CAP * LS :sasl", "CAP REQ :sasl|"},
		{":s CAP * NAK :sasl", "!it refused to use SASL"});
	PLAY(plain, {":s CAP * LS :sasl", "CAP REQ :sasl|"},
		{":s CAP * ACK :sasl", "AUTHENTICATE PLAIN|"},
		{"AUTHENTICATE +", "AUTHENTICATE AGJvdABodXNo|"},
		{"AUTHENTICATE +", "!it asked for the password twice"});
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		PLAY(plain, {":s CAP * LS :sasl", "CAP REQ :sasl|"},
			{":s CAP * ACK :sasl", "AUTHENTICATE PLAIN|"}, refusals[i]);
}

/* A password is never given to a server that has not agreed to SASL. */
Test(irc_login, gives_no_password_unasked)
{
	PLAY(plain, {"AUTHENTICATE +", ""}, {":s CAP * ACK :server-time", ""});
	PLAY(none, {":s CAP * LS :", "CAP END|"}, {"AUTHENTICATE +", ""},
		{":s CAP * ACK :sasl", ""}, {":s 904 * :failed", ""});
}

Test(irc_login, cuts_what_is_long)
{
	char password[601];
	struct irc_login_account account = {IRC_LOGIN_METHOD_PLAIN, "bot", password};
	memset(password, 'x', sizeof password);
	/* 5 octets more than the password, of which each third gives four of base64. */
	static const struct {
		size_t length, lines;
		bool plus;
	} rows[] = {{292, 1, false}, {293, 2, true}, {296, 2, false}, {593, 3, true}};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		password[rows[i].length] = '\0';
		struct irc_login *login = irc_login_create(&account);
		free(hear(login, ":s CAP * LS :sasl"));
		free(hear(login, ":s CAP * ACK :sasl"));
		char *answer = hear(login, "AUTHENTICATE +");
		size_t lines = 0;
		for (const char *at = answer; (at = strchr(at, '|')) != NULL; at++)
			lines++;
		cr_expect_eq(lines, rows[i].lines, "row %zu: %s", i, answer);
		cr_expect_eq(
			strstr(answer, "|AUTHENTICATE +|") != NULL, rows[i].plus, "row %zu", i);
		password[rows[i].length] = 'x';
		free(answer);
		irc_login_destroy(login);
	}
}

/* Returns the nonce in "AUTHENTICATE <base64 of n,,n=user,r=NONCE>|". */
static char *nonce_of(const char *answer)
{
	struct buffer message = {0};
	const char *text = answer + strlen("AUTHENTICATE ");
	cr_assert(digest_unbase64(text, strlen(text) - 1, &message), "%s", answer);
	char *nonce = mem_strdup(strstr(message.data, "r=") + 2);
	buffer_finish(&message);
	return nonce;
}

static char *challenge_with(const char *text)
{
	char *encoded = digest_base64(text, strlen(text));
	char *line = mem_format("AUTHENTICATE %s", encoded);
	free(encoded);
	return line;
}

static struct irc_login *begin_scram(char **ret_nonce)
{
	struct irc_login *login = irc_login_create(&scram);
	free(hear(login, ":s CAP * LS :sasl=SCRAM-SHA-256"));
	char *request = hear(login, ":s CAP * ACK :sasl");
	cr_assert_str_eq(request, "AUTHENTICATE SCRAM-SHA-256|");
	free(request);
	char *first = hear(login, "AUTHENTICATE +");
	*ret_nonce = nonce_of(first);
	free(first);
	return login;
}

Test(irc_login, scram_wants_a_proof_of_the_server)
{
	char *nonce;
	struct irc_login *login = begin_scram(&nonce);
	char *text = mem_format("r=%sserver,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", nonce);
	char *challenge = challenge_with(text);
	char *proof = hear(login, challenge);
	cr_expect_eq(strncmp(proof, "AUTHENTICATE Yz1iaXdz", 21), 0, "%s", proof);
	char *early = hear(login, ":s 903 * :ok");
	cr_expect_str_eq(early, "!it did not prove that it knows the password");
	free(early);
	char *wrong = challenge_with("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
	char *last = hear(login, wrong);
	cr_expect_str_eq(last, "!it did not prove that it knows the password");
	free(last);
	free(wrong);
	free(proof);
	free(challenge);
	free(text);
	free(nonce);
	irc_login_destroy(login);
}

/* Whoever has the password can play the server: the keys are the same. */
static char *sign(const char *nonce)
{
	static const char salt[] = "salt";
	unsigned char salted[DIGEST_SIZE];
	unsigned char key[DIGEST_SIZE];
	unsigned char signature[DIGEST_SIZE];
	struct digest_stretch *stretch = digest_stretch_create("pencil", salt, 4, 4096);
	digest_stretch_step(stretch, 4096, salted);
	digest_stretch_destroy(stretch);
	char *text =
		mem_format("n=user,r=%s,r=%sx,s=c2FsdA==,i=4096,c=biws,r=%sx", nonce, nonce, nonce);
	digest_hmac(salted, "Server Key", key);
	digest_hmac(key, text, signature);
	char *encoded = digest_base64(signature, sizeof signature);
	char *final = mem_format("v=%s", encoded);
	char *line = challenge_with(final);
	free(text);
	free(encoded);
	free(final);
	return line;
}

Test(irc_login, scram)
{
	char *nonce;
	struct irc_login *login = begin_scram(&nonce);
	char *text = mem_format("r=%sx,s=c2FsdA==,i=4096", nonce);
	char *challenge = challenge_with(text);
	free(hear(login, challenge));
	char *signature = sign(nonce);
	char *answer = hear(login, signature);
	cr_expect_str_eq(answer, "AUTHENTICATE +|");
	char *end = hear(login, ":s 903 * :ok");
	cr_expect_str_eq(end, "CAP END|");
	free(end);
	free(answer);
	free(signature);
	free(challenge);
	free(text);
	free(nonce);
	irc_login_destroy(login);
}

Test(irc_login, takes_bounded_challenges)
{
	char chunk[430] = "AUTHENTICATE ";
	memset(chunk + 13, 'A', 400);
	struct irc_login *login = irc_login_create(&scram);
	free(hear(login, ":s CAP * LS :sasl"));
	free(hear(login, ":s CAP * ACK :sasl"));
	for (int i = 0; i < IRC_LOGIN_CHALLENGE / 400; i++) {
		char *answer = hear(login, chunk);
		cr_assert_str_eq(answer, "", "chunk %d", i);
		free(answer);
	}
	char *answer = hear(login, chunk);
	cr_assert_str_eq(answer, "!its challenge is not base64, or too long");
	free(answer);
	irc_login_destroy(login);
}

Test(irc_login, takes_bounded_offers)
{
	static const size_t lengths[] = {800, 100, 10};
	struct irc_login *login = irc_login_create(&none);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		char line[900] = ":s CAP * LS * :";
		memset(line + strlen(line), 'x', lengths[i]);
		for (int j = 0; j < 100; j++)
			free(hear(login, line));
	}
	char *answer = hear(login, ":s CAP * LS :server-time");
	cr_assert_str_eq(answer, "CAP END|", "what is beyond the limit is not seen");
	free(answer);
	irc_login_destroy(login);
}
