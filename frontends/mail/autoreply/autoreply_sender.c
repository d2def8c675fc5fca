#include "frontends/mail/autoreply/autoreply_sender.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

enum { NAME_SIZE = 65 };

static bool begins(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static bool ends(const char *text, const char *end)
{
	size_t length = strlen(text);
	size_t tail = strlen(end);
	return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* Returns the name behind the tag of a forwarder or a bounce filter: "prvs=1234abcd=ann",
 * "SRS0=abcd=ef=b.example=ann". */
static const char *skip_tags(const char *local)
{
	static const char *const tags[] = {"prvs=", "msprvs1=", "btv1=", "SRS0", "SRS1"};
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (strncasecmp(local, tags[i], strlen(tags[i])) == 0 && strchr(local, '=') != NULL)
			return strrchr(local, '=') + 1;
	return local;
}

/* Writes the letters of a local part in lower case, with one hyphen for each run of anything else,
 * up to what is only a detail of the mailbox (RFC 5233) or the address of another in it (VERP). */
static void simplify(const char *local, char ret_name[NAME_SIZE])
{
	size_t length = 0;
	for (; *local != '\0' && *local != '+' && *local != '=' && length < NAME_SIZE - 1;
		local++) {
		char c = *local;
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		bool letter = (c >= 'a' && c <= 'z') || (c & 0x80);
		if (letter)
			ret_name[length++] = c;
		else if (length > 0 && ret_name[length - 1] != '-')
			ret_name[length++] = '-';
	}
	if (length > 0 && ret_name[length - 1] == '-')
		length--;
	ret_name[length] = '\0';
}

static void join(const char *name, char ret_joined[NAME_SIZE])
{
	size_t length = 0;
	for (; *name != '\0'; name++)
		if (*name != '-')
			ret_joined[length++] = *name;
	ret_joined[length] = '\0';
}

/* Those that may stand anywhere in a name without its hyphens: "shop-no-reply-2". */
static bool refuses_replies(const char *joined)
{
	static const char *const parts[] = {"noreply", "noreplies", "notreply", "dontreply",
		"donotrespond", "noresponse", "noanswer", "neverreply", "autoreply", "autorespon",
		"autoconfirm", "mailerdaemon", "maildaemon", "nepasrepondre", "keineantwort",
		"nichtantworten", "noresponder", "nocontestar", "naorespond", "nonrispondere",
		"nietbeantwoorden", "geenantwoord", "ingensvar", "svarinte", "ikkesvar"};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (strstr(joined, parts[i]) != NULL)
			return true;
	return false;
}

/* Those that are the whole name. */
static bool is_program(const char *joined)
{
	static const char *const names[] = {"postmaster", "listserv", "majordomo", "mailer",
		"bounce", "bounces", "mailman", "listmaster", "automailer", "robot", "daemon",
		"nobody", "devnull"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(joined, names[i]) == 0)
			return true;
	return false;
}

bool autoreply_sender_is_role(const char *local)
{
	static const char *const starts[] = {"owner-", "bounce-", "bounces-", "mailer-"};
	static const char *const tails[] = {
		"-owner", "-request", "-bounce", "-bounces", "-return", "-daemon"};
	char name[NAME_SIZE];
	char joined[NAME_SIZE];
	simplify(skip_tags(local), name);
	join(name, joined);
	if (refuses_replies(joined) || is_program(joined))
		return true;
	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
		if (begins(name, starts[i]))
			return true;
	for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
		if (ends(name, tails[i]))
			return true;
	/* ezmlm: list-return-123-user=host@. */
	return strstr(name, "-return-") != NULL;
}

bool autoreply_sender_is_routed(const char *local)
{
	return local[strcspn(local, "%!@:")] != '\0';
}

bool autoreply_sender_is_in(const char *domain, const char *above)
{
	size_t length = strlen(domain);
	size_t tail = strlen(above);
	return length >= tail && strcasecmp(domain + length - tail, above) == 0 &&
	       (length == tail || domain[length - tail - 1] == '.');
}

static bool is_in_any(const char *domain, const char *const *domains, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (autoreply_sender_is_in(domain, domains[i]))
			return true;
	return false;
}

/* Resolvers take "127.1" and "0x7f.1" for addresses; no domain of the Internet ends so. */
static bool is_number(const char *label)
{
	return strncasecmp(label, "0x", 2) == 0 || label[strspn(label, "0123456789")] == '\0';
}

bool autoreply_sender_is_nowhere(const char *domain)
{
	static const char *const nowhere[] = {"localhost", "localdomain", "invalid"};
	const char *dot = strrchr(domain, '.');
	return *domain == '[' || dot == NULL || is_number(dot + 1) ||
	       is_in_any(domain, nowhere, sizeof nowhere / sizeof nowhere[0]);
}

bool autoreply_sender_is_special(const char *domain)
{
	static const char *const special[] = {"test", "example", "local", "internal", "home.arpa",
		"example.com", "example.net", "example.org"};
	return is_in_any(domain, special, sizeof special / sizeof special[0]);
}
