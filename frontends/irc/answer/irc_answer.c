#include "frontends/irc/answer/irc_answer.h"

#include <stdlib.h>
#include <string.h>

#include <utlist.h>

#include "core/base/mem.h"
#include "frontends/irc/answer/irc_layout.h"
#include "frontends/irc/answer/irc_wish.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/irc/irc_rules.h"
#include "frontends/kit/log.h"

/* A question without an answer yet. */
struct question {
	struct irc_answers *answers;
	struct ask_ticket *ticket;
	struct irc_person person; /* a copy */
	enum irc_command command;
	bool drawn;    /* from a collection of the place */
	bool daily;    /* the bot speaks by itself */
	bool as_topic; /* if it has room */
	double asked_at;
	double begun; /* by metrics_turn() */
	struct question *next;
};

struct irc_answers {
	struct irc_speech *speech;
	struct quote_fit fit; /* the same for all places, for which quotes are prepared */
	struct question *questions;
};

struct irc_answers *irc_answer_create(struct irc_speech *speech)
{
	struct irc_answers *answers = mem_alloc(sizeof *answers);
	answers->speech = speech;
	answers->fit = irc_layout_fit(speech->options);
	asker_prepare(speech->context->asker, &answers->fit);
	asker_browse(speech->context->asker);
	return answers;
}

void irc_answer_change(struct irc_answers *answers)
{
	irc_answer_forget(answers);
	answers->fit = irc_layout_fit(answers->speech->options);
}

static void count(const struct irc_answers *answers, size_t row)
{
	irc_speech_count(answers->speech, row);
}

static void free_question(struct question *question)
{
	LL_DELETE(question->answers->questions, question);
	irc_person_finish(&question->person);
	free(question);
}

void irc_answer_forget(struct irc_answers *answers)
{
	while (answers->questions != NULL) {
		asker_cancel(answers->questions->ticket);
		free_question(answers->questions);
	}
}

static void tell_reason(const struct question *question, const char *reason)
{
	struct irc_speech *speech = question->answers->speech;
	count(question->answers, IRC_METRICS_NO_QUOTE);
	if (question->daily)
		log_warning(speech->context->name, "%s gets no quote today: %s",
			question->person.place, reason);
	else
		irc_speech_tell(speech, &question->person, reason, question->asked_at);
}

/* Appends the address of the page of a quote if the place wants it and it is known. */
static bool write_link(const struct question *question, uint64_t id, struct buffer *out)
{
	const struct irc_speech *speech = question->answers->speech;
	const struct frontend_context *context = speech->context;
	const struct strings *links = &speech->options->links;
	bool wanted = false;
	for (size_t i = 0; i < links->count; i++)
		wanted |= strcmp(links->items[i], "*") == 0 ||
			  irc_nick_equal(links->items[i], question->person.place);
	return wanted && context->write_permalink != NULL &&
	       context->write_permalink(context, id, out);
}

static void write_id(const struct irc_answers *answers, uint64_t id, struct buffer *out)
{
	char text[QUOTE_ID_LENGTH + 1];
	quote_id_format(id, text);
	buffer_append(out, text, (size_t)asker_id_length(answers->speech->context->asker, id));
}

static void count_answer(const struct question *question)
{
	const struct irc_answers *answers = question->answers;
	count(answers, METRICS_ANSWERS);
	metrics_observe(answers->speech->context->metrics, METRICS_SECONDS,
		metrics_clock() - question->begun);
}

/* Lays the quote out as a topic if that is wanted and has room, else as messages. */
static bool lay_out(const struct question *question, const struct quote *quote,
	const struct irc_layout *layout, struct strings *lines)
{
	const struct irc_speech *speech = question->answers->speech;
	const char *place = question->person.place;
	struct irc_reply topic = irc_speech_reply(speech, "TOPIC", place);
	struct irc_reply message = irc_speech_reply(speech, "PRIVMSG", place);
	size_t most = speech->topic_length > 0 ? speech->topic_length : IRC_SPEECH_TOPIC;
	if (question->as_topic && irc_layout_lines(&topic, quote, layout, 1, lines)) {
		if (strlen(strchr(lines->items[0], ':') + 1) <= most)
			return true;
		strings_finish(lines);
	}
	return irc_layout_lines(&message, quote, layout, (size_t)speech->options->max_lines, lines);
}

/* Returns whether it fits. */
static bool say_quote(
	const struct question *question, const struct quote *quote, size_t number, size_t matches)
{
	struct irc_answers *answers = question->answers;
	struct irc_speech *speech = answers->speech;
	struct strings lines = {0};
	struct buffer link = {0};
	struct irc_layout layout = {.number = number, .count = matches};
	layout.id_length = asker_id_length(speech->context->asker, quote->id);
	if (write_link(question, quote->id, &link))
		layout.link = link.data;
	bool fits = lay_out(question, quote, &layout, &lines);
	if (fits) {
		irc_recent_find(&answers->speech->recent, question->person.place)->id = quote->id;
		if (irc_speech_send(
			    answers->speech, &lines, question->person.key, question->asked_at))
			count_answer(question);
	}
	strings_finish(&lines);
	buffer_finish(&link);
	return fits;
}

static bool is_search(const struct question *question)
{
	return question->command == IRC_COMMAND_SEARCH || question->command == IRC_COMMAND_MORE;
}

/* Keeps the quotes that may be shown in this place; returns how many. */
static size_t keep_shown(const struct question *question, struct quote *quotes, size_t given)
{
	const struct irc_speech *speech = question->answers->speech;
	const char *collections =
		irc_rules_find(&speech->options->channel_collections, question->person.place);
	size_t kept = 0;
	/* One that was drawn can be in another collection too, before the one of the place. */
	for (size_t i = 0; i < given; i++)
		if (question->drawn ||
			irc_wish_takes(speech->context->asker, collections, &quotes[i]))
			quotes[kept++] = quotes[i];
	return kept;
}

static void say_match(const struct question *question, struct quote *quotes, size_t matches)
{
	struct irc_recent_place *place =
		irc_recent_find(&question->answers->speech->recent, question->person.place);
	size_t at = place->next;
	while (at < matches && !say_quote(question, &quotes[at], at + 1, matches))
		at++;
	place = irc_recent_find(&question->answers->speech->recent, question->person.place);
	place->next = at + 1;
	if (at >= matches)
		tell_reason(question, "There are no more matches.");
}

static void on_answer(void *data, const struct ask_answer *answer)
{
	struct question *question = data;
	static const struct ask that_quote = {.kind = ASK_KIND_ID};
	struct error reason;
	size_t shown = keep_shown(question, answer->quotes, answer->count);
	size_t at = 0;
	if (answer->count == 0) {
		tell_reason(question, answer->reason);
	} else if (shown == 0) {
		tell_reason(question, "The collections of this channel have no such quote.");
	} else if (is_search(question)) {
		say_match(question, answer->quotes, shown);
	} else {
		while (at < shown && !say_quote(question, &answer->quotes[at], 0, 0))
			at++;
		if (at == shown) {
			ask_explain(&that_quote, ASK_OUTCOME_TOO_LONG, &reason);
			tell_reason(question, reason.text);
		}
	}
	free_question(question);
}

static struct question *add_question(struct irc_answers *answers, enum irc_command command,
	const struct irc_person *person, double now)
{
	struct question *question = mem_alloc(sizeof *question);
	*question = (struct question){
		.answers = answers,
		.person = irc_person_copy(person),
		.command = command,
		.asked_at = now,
		.begun = metrics_turn(),
	};
	LL_PREPEND(answers->questions, question);
	return question;
}

/* Quotes are prepared for the least room; what is asked for itself may take all that there is. */
static struct quote_fit fit_of(const struct irc_answers *answers, const struct ask *ask)
{
	return ask->kind == ASK_KIND_RANDOM || ask->kind == ASK_KIND_SEARCH ? answers->fit
									    : (struct quote_fit){0};
}

static void ask(struct question *question, const char *argument)
{
	struct irc_answers *answers = question->answers;
	struct irc_speech *speech = answers->speech;
	const char *collections =
		irc_rules_find(&speech->options->channel_collections, question->person.place);
	struct irc_wish wish;
	irc_wish_init(&wish, speech->context->asker, question->command, argument, collections,
		speech->context->rng);
	question->drawn = wish.collection != NULL;
	wish.ask.fit = fit_of(answers, &wish.ask);
	struct ask_ticket *ticket =
		asker_ask(speech->context->asker, &wish.ask, on_answer, question);
	if (ticket != NULL)
		question->ticket = ticket;
	irc_wish_finish(&wish);
}

static void ask_for(struct irc_answers *answers, enum irc_command command, const char *argument,
	const struct irc_person *person, double now)
{
	ask(add_question(answers, command, person, now), argument);
}

void irc_answer_daily(struct irc_answers *answers, const char *channel, bool as_topic, double now)
{
	struct irc_person all = {.nick = channel, .key = "daily", .place = channel};
	struct question *question = add_question(answers, IRC_COMMAND_TODAY, &all, now);
	question->daily = true;
	question->as_topic = as_topic;
	count(answers, METRICS_REQUESTS);
	ask(question, "");
}

static void say_id(struct irc_answers *answers, const struct irc_person *person, double now)
{
	uint64_t id = irc_recent_find(&answers->speech->recent, person->place)->id;
	if (id == 0) {
		count(answers, IRC_METRICS_NO_QUOTE);
		irc_speech_tell(answers->speech, person, "I have not shown a quote here yet.", now);
		return;
	}
	struct question *question = add_question(answers, IRC_COMMAND_ID, person, now);
	struct irc_reply reply = irc_speech_reply(answers->speech, "PRIVMSG", person->place);
	struct buffer text = {0};
	struct buffer link = {0};
	write_id(answers, id, &text);
	if (write_link(question, id, &link))
		buffer_format(&text, " %s", link.data);
	irc_speech_say(answers->speech, &reply, text.data, person->key, now);
	count_answer(question);
	free_question(question);
	buffer_finish(&link);
	buffer_finish(&text);
}

static void search(struct irc_answers *answers, enum irc_command command, const char *argument,
	const struct irc_person *person, double now)
{
	struct irc_recent_place *place = irc_recent_find(&answers->speech->recent, person->place);
	if (command == IRC_COMMAND_SEARCH)
		irc_recent_search(place, argument);
	if (place->words == NULL)
		irc_speech_tell(answers->speech, person,
			"There was no search here yet; write \"search\" and words.", now);
	else
		ask_for(answers, command, place->words, person, now);
}

static void help(struct irc_answers *answers, const struct irc_person *person, double now)
{
	const struct irc_options *options = answers->speech->options;
	const char *mark = irc_rules_prefix(options, person->place);
	struct buffer text = {0};
	for (int i = IRC_COMMAND_NONE + 1; i < IRC_COMMAND_IGNORE; i++) {
		enum irc_command command = (enum irc_command)i;
		if (irc_rules_allow(options, person->place, command))
			buffer_format(&text, "%s%s",
				text.length > 0 ? ", " : "Commands: ", irc_command_usage(command));
	}
	buffer_add(&text, ". In a channel, write ");
	if (*mark != '\0')
		buffer_format(&text, "\"%squote\" or ", mark);
	buffer_format(&text, "\"%s: quote\"; in private, just \"quote\".", answers->speech->nick);
	size_t length = text.length + strlen(" Run by .") + strlen(options->contact);
	bool fits = length <= answers->fit.line_bytes;
	buffer_format(&text, "%cRun by %s.", fits ? ' ' : '\n', options->contact);
	irc_speech_tell(answers->speech, person, text.data, now);
	count(answers, METRICS_ANSWERS);
	buffer_finish(&text);
}

void irc_answer_command(struct irc_answers *answers, enum irc_command command, const char *argument,
	const struct irc_person *person, double now)
{
	switch (command) {
	case IRC_COMMAND_QUOTE:
	case IRC_COMMAND_TODAY:
	case IRC_COMMAND_FORTUNE:
		ask_for(answers, command, argument, person, now);
		break;
	case IRC_COMMAND_BY:
		if (*argument == '\0')
			irc_speech_tell(
				answers->speech, person, "Write the name of an author.", now);
		else
			ask_for(answers, command, argument, person, now);
		break;
	case IRC_COMMAND_SEARCH:
	case IRC_COMMAND_MORE:
		search(answers, command, argument, person, now);
		break;
	case IRC_COMMAND_ID:
		say_id(answers, person, now);
		break;
	case IRC_COMMAND_HELP:
		help(answers, person, now);
		break;
	case IRC_COMMAND_NONE:
	case IRC_COMMAND_IGNORE:
	case IRC_COMMAND_JOIN:
	case IRC_COMMAND_PART:
	case IRC_COMMAND_RELOAD:
		break;
	}
}

size_t irc_answer_waiting(const struct irc_answers *answers, const char *key)
{
	size_t waiting = irc_queue_waiting(answers->speech->queue, key);
	for (const struct question *question = answers->questions; question != NULL;
		question = question->next)
		waiting += strcmp(question->person.key, key) == 0;
	return waiting;
}

void irc_answer_destroy(struct irc_answers *answers)
{
	if (answers == NULL)
		return;
	irc_answer_forget(answers);
	free(answers);
}
