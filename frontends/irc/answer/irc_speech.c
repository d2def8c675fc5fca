#include "frontends/irc/answer/irc_speech.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/answer/irc_layout.h"
#include "frontends/irc/message/irc_text.h"
#include "frontends/kit/log.h"

struct irc_person irc_person_copy(const struct irc_person *person)
{
	return (struct irc_person){
		.nick = mem_strdup(person->nick),
		.relayed = person->relayed != NULL ? mem_strdup(person->relayed) : NULL,
		.key = mem_strdup(person->key),
		.place = mem_strdup(person->place),
		.is_private = person->is_private,
	};
}

void irc_person_finish(struct irc_person *person)
{
	free((char *)person->nick);
	free((char *)person->relayed);
	free((char *)person->key);
	free((char *)person->place);
	*person = (struct irc_person){0};
}

void irc_speech_show(struct irc_speech *speech, const char *mask)
{
	char *copy = mask != NULL ? mem_strdup(mask) : NULL;
	free(speech->shown);
	speech->shown = copy;
}

void irc_speech_count(const struct irc_speech *speech, size_t row)
{
	metrics_add(speech->context->metrics, row, 1);
}

struct irc_reply irc_speech_reply(
	const struct irc_speech *speech, const char *verb, const char *target)
{
	return (struct irc_reply){
		.nick = speech->nick,
		.user = speech->options->username,
		.shown = speech->shown,
		.verb = verb,
		.target = target,
	};
}

bool irc_speech_send(
	struct irc_speech *speech, const struct strings *lines, const char *key, double now)
{
	double expires = now + (double)speech->options->answer_timeout;
	bool sent = irc_queue_push_answer(speech->queue, lines, key, expires);
	if (!sent && !speech->full)
		log_warning(speech->context->name,
			"the send queue is full: dropping replies; raise queue_limit");
	if (!sent)
		irc_speech_count(speech, IRC_METRICS_QUEUE);
	speech->full = !sent;
	for (size_t i = 0; sent && i < lines->count; i++)
		irc_recent_say(&speech->recent, strchr(lines->items[i], ':') + 1);
	return sent;
}

void irc_speech_say(struct irc_speech *speech, const struct irc_reply *reply, const char *text,
	const char *key, double now)
{
	struct strings lines = {0};
	irc_reply_lines(reply, text, strlen(text), &lines);
	irc_speech_send(speech, &lines, key, now);
	strings_finish(&lines);
}

void irc_speech_tell(
	struct irc_speech *speech, const struct irc_person *person, const char *text, double now)
{
	bool relayed = person->relayed != NULL;
	struct irc_reply reply = relayed ? irc_speech_reply(speech, "PRIVMSG", person->place)
					 : irc_speech_reply(speech, "NOTICE", person->nick);
	char *named = relayed ? mem_format("%s: %s", person->relayed, text) : mem_strdup(text);
	irc_speech_say(speech, &reply, named, person->key, now);
	free(named);
}

bool irc_speech_is_ours(const struct irc_speech *speech, const char *text)
{
	static const struct quote_fit folded = {.fold = true};
	char id[QUOTE_ID_LENGTH + 1];
	struct quote quote;
	struct buffer whole = {0};
	struct buffer clean = {0};
	if (irc_recent_was_said(&speech->recent, text))
		return true;
	size_t length = irc_layout_split(text, id);
	struct ask ask = {.kind = ASK_KIND_ID, .text = id};
	if (length == 0 || asker_find(speech->context->asker, &ask, &quote) != ASK_OUTCOME_FOUND)
		return false;
	if (render_quote(&quote, &folded, &whole))
		irc_text_clean(whole.data, NULL, &clean);
	bool found = clean.length >= length &&
		     memcmp(clean.data + clean.length - length, text, length) == 0;
	buffer_finish(&clean);
	buffer_finish(&whole);
	return found;
}

void irc_speech_finish(struct irc_speech *speech)
{
	irc_recent_finish(&speech->recent);
	free(speech->shown);
	speech->shown = NULL;
}
