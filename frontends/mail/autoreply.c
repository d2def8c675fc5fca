#include "frontends/mail/autoreply.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"

static bool begins(const char *text, const char *start)
{
	return strncasecmp(text, start, strlen(start)) == 0;
}

static bool ends(const char *text, const char *end)
{
	size_t length = strlen(text);
	size_t tail = strlen(end);
	return length > tail && strcasecmp(text + length - tail, end) == 0;
}

static bool is_role(const char *local)
{
	static const char *const roles[] = {
		"MAILER-DAEMON", "postmaster", "LISTSERV", "majordomo", "noreply", "no-reply"};
	/* What follows a plus is only a detail of the mailbox (RFC 5233). */
	char name[SMTP_ADDRESS_LOCAL_MAX + 1];
	snprintf(name, sizeof name, "%.*s", (int)strcspn(local, "+"), local);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		if (strcasecmp(name, roles[i]) == 0)
			return true;
	}
	return begins(name, "owner-") || ends(name, "-owner") || ends(name, "-request");
}

/* Returns a copy of a structured field without its comments (RFC 5322 3.2.2), in lower case. */
static char *strip_comments(const char *value)
{
	char *text = mem_alloc(strlen(value) + 1);
	size_t length = 0;
	int depth = 0;
	bool quoted = false;
	for (; *value; value++) {
		if (*value == '\\' && value[1] && (quoted || depth)) {
			value++;
			continue;
		}
		quoted ^= *value == '"' && !depth;
		depth += !quoted && *value == '(';
		if (!depth) {
			char upper = *value;
			text[length++] = upper >= 'A' && upper <= 'Z' ? (char)(upper + 32) : upper;
		}
		depth -= !quoted && depth && *value == ')';
	}
	return text;
}

/* Returns whether one of the words of value, separated by any of separators, is word. */
static bool has_word(const char *value, const char *separators, const char *word)
{
	char *text = strip_comments(value);
	char *rest = NULL;
	bool found = false;
	for (char *item = strtok_r(text, separators, &rest); item && !found;
		item = strtok_r(NULL, separators, &rest)) {
		found = strcmp(item, word) == 0;
	}
	free(text);
	return found;
}

/* Anything but "no", which may have parameters and comments (RFC 3834 5). */
static bool is_automatic(const char *value)
{
	char *text = strip_comments(value);
	char *start = text + strspn(text, " \t");
	start[strcspn(start, "; \t")] = '\0';
	bool automatic = strcmp(start, "no") != 0;
	free(text);
	return automatic;
}

static bool is_bulk(const char *value)
{
	return has_word(value, " \t,;", "bulk") || has_word(value, " \t,;", "junk") ||
	       has_word(value, " \t,;", "list");
}

static bool is_suppressed(const char *value)
{
	return has_word(value, " \t,;", "all") || has_word(value, " \t,;", "oof") ||
	       has_word(value, " \t,;", "autoreply");
}

/* RFC 8601 2.2: authserv-id [version] *(";" method "=" result ...). */
static bool is_failed(const char *value, const char *authserv)
{
	char *text = strip_comments(value);
	char *rest = NULL;
	char *item = strtok_r(text, ";", &rest);
	char *name = item ? item + strspn(item, " \t") : text;
	name[strcspn(name, " \t/")] = '\0';
	bool failed = false;
	if (strcasecmp(name, authserv) == 0) {
		while (!failed && (item = strtok_r(NULL, ";", &rest))) {
			size_t length = strcspn(item, "=");
			item += item[length] ? length + 1 : length;
			item += strspn(item, " \t");
			item[strcspn(item, " \t")] = '\0';
			failed = strcmp(item, "fail") == 0;
		}
	}
	free(text);
	return failed;
}

static enum autoreply_decision decide_field(
	const struct autoreply_policy *policy, const struct mail_header *field)
{
	if (strcasecmp(field->name, "Auto-Submitted") == 0 && is_automatic(field->value))
		return AUTOREPLY_DECISION_AUTO_SUBMITTED;
	if (begins(field->name, "List-"))
		return AUTOREPLY_DECISION_LIST;
	if (strcasecmp(field->name, "Precedence") == 0 && is_bulk(field->value))
		return AUTOREPLY_DECISION_PRECEDENCE;
	if (strcasecmp(field->name, "X-Auto-Response-Suppress") == 0 &&
		is_suppressed(field->value)) {
		return AUTOREPLY_DECISION_SUPPRESSED;
	}
	if (*policy->trusted_authserv && strcasecmp(field->name, "Authentication-Results") == 0 &&
		is_failed(field->value, policy->trusted_authserv)) {
		return AUTOREPLY_DECISION_UNAUTHENTICATED;
	}
	return AUTOREPLY_DECISION_ANSWER;
}

/* Our address with a detail is ours too, as its mail is delivered here. */
static bool is_own(const struct smtp_address *own, const struct smtp_address *sender)
{
	size_t length = strcspn(sender->local, "+");
	return length == strlen(own->local) &&
	       strncasecmp(sender->local, own->local, length) == 0 &&
	       strcasecmp(sender->domain, own->domain) == 0;
}

static enum autoreply_decision decide_sender(
	const struct autoreply_policy *policy, const struct smtp_address *sender)
{
	if (!*sender->text)
		return AUTOREPLY_DECISION_NULL_SENDER;
	if (smtp_address_equal(sender, policy->own) || is_own(policy->own, sender))
		return AUTOREPLY_DECISION_OWN_ADDRESS;
	if (is_role(sender->local))
		return AUTOREPLY_DECISION_ROLE_SENDER;
	return sender->utf8 ? AUTOREPLY_DECISION_UTF8_SENDER : AUTOREPLY_DECISION_ANSWER;
}

enum autoreply_decision autoreply_decide(const struct autoreply_policy *policy,
	const struct smtp_address *sender, const struct mail_headers *headers)
{
	long hops = 0;
	enum autoreply_decision decision = decide_sender(policy, sender);
	for (size_t i = 0; decision == AUTOREPLY_DECISION_ANSWER && i < headers->count; i++) {
		hops += strcasecmp(headers->items[i].name, "Received") == 0;
		decision = hops > policy->max_received ? AUTOREPLY_DECISION_HOPS
						       : decide_field(policy, &headers->items[i]);
	}
	return decision;
}

const char *autoreply_reason(enum autoreply_decision decision)
{
	static const char *const reasons[] = {
		[AUTOREPLY_DECISION_ANSWER] = "it is answered",
		[AUTOREPLY_DECISION_NULL_SENDER] = "the sender is null",
		[AUTOREPLY_DECISION_ROLE_SENDER] = "the sender is not a person",
		[AUTOREPLY_DECISION_OWN_ADDRESS] = "the sender is our own address",
		[AUTOREPLY_DECISION_UTF8_SENDER] = "the sender needs SMTPUTF8",
		[AUTOREPLY_DECISION_BIG_HEADER] = "the header is too big or malformed",
		[AUTOREPLY_DECISION_AUTO_SUBMITTED] = "it was submitted automatically",
		[AUTOREPLY_DECISION_LIST] = "it comes from a mailing list",
		[AUTOREPLY_DECISION_PRECEDENCE] = "its precedence is bulk, junk or list",
		[AUTOREPLY_DECISION_SUPPRESSED] = "it asks for no automatic response",
		[AUTOREPLY_DECISION_UNAUTHENTICATED] = "its sender failed authentication",
		[AUTOREPLY_DECISION_HOPS] = "it has too many Received fields",
	};
	return reasons[decision];
}
