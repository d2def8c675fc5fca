#include "frontends/mail/autoreply/auth_results.h"

#include <string.h>
#include <strings.h>

#include <libpsl.h>

enum { TOKEN_SIZE = 400 /* longer than any mailbox */ };

static const char blanks[] = " \t\r\n";

/* Skips blanks and comments, which can be nested (RFC 5322 3.2.2). */
static const char *skip_comments(const char *text)
{
	int depth = 0;
	for (; *text != '\0'; text++) {
		if (*text == '(')
			depth++;
		else if (depth == 0 && strchr(blanks, *text) == NULL)
			break;
		else if (*text == ')')
			depth--;
		else if (*text == '\\' && depth > 0 && text[1] != '\0')
			text++;
	}
	return text;
}

static void add(char token[TOKEN_SIZE], size_t *length, char c)
{
	if (*length < TOKEN_SIZE - 1)
		token[(*length)++] = c;
}

/* Reads up to one of stops, blanks and comments; what is quoted is part of the token. */
static const char *read_token(const char *text, const char *stops, char ret_token[TOKEN_SIZE])
{
	size_t length = 0;
	bool quoted = false;
	text = skip_comments(text);
	for (; *text != '\0'; text++) {
		if (*text == '"') {
			quoted = !quoted;
			continue;
		}
		if (!quoted && (*text == '(' || strchr(blanks, *text) || strchr(stops, *text)))
			break;
		if (quoted && *text == '\\' && text[1] != '\0')
			text++;
		add(ret_token, &length, *text);
	}
	ret_token[length] = '\0';
	return skip_comments(text);
}

/* The organizational domain (RFC 7489 3.2), inside ret_lower; NULL: it is above those. */
static const char *find_organization(const char *domain, char ret_lower[TOKEN_SIZE])
{
	size_t length = 0;
	for (; *domain != '\0'; domain++)
		add(ret_lower, &length,
			*domain >= 'A' && *domain <= 'Z' ? (char)(*domain | 0x20) : *domain);
	ret_lower[length] = '\0';
	return psl_registrable_domain(psl_builtin(), ret_lower);
}

static bool is_of_one_organization(const char *a, const char *b)
{
	char lower[2][TOKEN_SIZE];
	const char *first = find_organization(a, lower[0]);
	const char *second = find_organization(b, lower[1]);
	return first != NULL && second != NULL && strcmp(first, second) == 0;
}

/* The value is a domain or a mailbox. */
static bool is_aligned(const char *value, const char *domain)
{
	const char *at = strrchr(value, '@');
	const char *other = at != NULL ? at + 1 : value;
	return strcasecmp(other, domain) == 0 || is_of_one_organization(other, domain);
}

/* A method with its result, while its properties are read. */
struct result {
	bool counts; /* spf, dkim or dmarc */
	bool spf;
	bool dmarc;
	bool pass;
	bool fail;
	bool aligned; /* a property that says so */
	bool smtp;    /* has a property of the envelope */
};

static void begin(const char *method, const char *value, struct result *result)
{
	/* A version may follow: "dkim/1". */
	size_t length = strcspn(method, "/");
	bool dkim = length == 4 && strncasecmp(method, "dkim", length) == 0;
	result->spf = length == 3 && strncasecmp(method, "spf", length) == 0;
	result->dmarc = length == 5 && strncasecmp(method, "dmarc", length) == 0;
	result->counts = dkim || result->spf || result->dmarc;
	result->pass = strcasecmp(value, "pass") == 0;
	result->fail = strcasecmp(value, "fail") == 0 || strcasecmp(value, "hardfail") == 0;
}

static void add_property(
	const char *name, const char *value, const char *domain, struct result *result)
{
	bool mailfrom = strcasecmp(name, "smtp.mailfrom") == 0;
	bool signer = strcasecmp(name, "header.d") == 0 || strcasecmp(name, "header.i") == 0;
	bool from = strcasecmp(name, "header.from") == 0;
	result->smtp |= strncasecmp(name, "smtp.", 5) == 0;
	bool telling = result->spf ? mailfrom : result->dmarc ? from : signer;
	result->aligned |= telling && is_aligned(value, domain);
}

static void end(const struct result *result, struct auth_results *results)
{
	bool aligned = result->aligned || (result->spf && !result->smtp);
	results->passed |= result->counts && result->pass && aligned;
	results->failed |= result->counts && result->fail;
	results->rejected |= result->dmarc && result->fail;
}

/* Some write a mailbox with its angle brackets. */
static const char *trim(char value[TOKEN_SIZE])
{
	value[strcspn(value, ">")] = '\0';
	return value;
}

/* Reads "method=result property=value ..." up to the next semicolon. */
static const char *read_result(const char *text, const char *domain, struct auth_results *results)
{
	char name[TOKEN_SIZE];
	char value[TOKEN_SIZE];
	struct result result = {0};
	for (bool first = true; *text != '\0' && *text != ';'; first = false) {
		text = read_token(text, "=;", name);
		if (*text != '=')
			continue;
		text = read_token(text + 1, ";", value);
		if (first)
			begin(name, value, &result);
		else
			add_property(name, trim(value), domain, &result);
	}
	end(&result, results);
	return text;
}

void auth_results_read(
	const char *value, const char *authserv, const char *domain, struct auth_results *results)
{
	char id[TOKEN_SIZE];
	char version[TOKEN_SIZE] = "1";
	const char *text = read_token(value, ";", id);
	if (strcasecmp(id, authserv) != 0)
		return;
	if (*text != ';')
		text = read_token(text, ";", version);
	if (strcmp(version, "1") != 0)
		return;
	while (*text == ';')
		text = read_result(skip_comments(text + 1), domain, results);
}
