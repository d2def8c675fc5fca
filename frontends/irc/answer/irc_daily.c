#include "frontends/irc/answer/irc_daily.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "frontends/irc/connection/irc_channels.h"
#include "frontends/irc/connection/irc_nick.h"
#include "frontends/irc/irc_rules.h"
#include "frontends/kit/log.h"
#include "frontends/kit/zone.h"

enum {
	RPL_NAMREPLY = 353,
	RPL_ENDOFNAMES = 366,
	DAYS_KEPT = 7,
	NO_DAY = -1,
	NAMES_SECONDS = 30,
	SECONDS_A_DAY = 86400,
};

static const char *const upgrades[] = {
	"CREATE TABLE irc_daily (section TEXT NOT NULL, channel TEXT NOT NULL,"
	" day BIGINT NOT NULL, PRIMARY KEY (section, channel, day))",
	NULL,
};

static const struct store_schema schema = {"irc", upgrades};

/* A note in the store that a channel has its quote. */
struct note {
	struct store_work work;
	struct irc_daily *daily; /* NULL: it does not wait for this any more */
	char *section;
	char *channel;
	int64_t day;
	bool as_topic;
	bool is_first; /* it was not noted before */
};

/* What a channel wants, and what is known of it. */
struct place {
	char name[IRC_CHANNELS_NAME_SIZE];
	bool wanted; /* the rest matters only then */
	struct irc_rules_daily wish;
	struct zone *zone; /* NULL: that of the process */
	int64_t day;       /* of its last quote; NO_DAY: not known */
	double again;      /* no try before */
};

struct irc_daily {
	struct irc_speech *speech;
	struct irc_answers *answers;
	struct place *places; /* of the channels of the options, in their order */
	size_t place_count;
	char asked[IRC_CHANNELS_NAME_SIZE]; /* the channel whose names are asked for; "": none */
	double asked_until;                 /* then it is taken as unanswered */
	int64_t asked_day;
	bool as_topic; /* it wants one, and we may set it once the names have said so */
	bool here;     /* we are among the names */
	bool others;
	bool operator;
	double now; /* of the last tick */
	struct note *note;
	bool failed; /* the store, and that was logged */
};

static void read_place(const struct irc_options *options, const char *channel, struct place *place)
{
	*place = (struct place){.day = NO_DAY};
	irc_channels_read(channel, place->name);
	const char *value = irc_rules_find(&options->daily, place->name);
	place->wanted = value != NULL && irc_rules_read_daily(value, &place->wish);
	if (place->wanted && place->wish.zone[0] != '\0')
		place->zone = zone_open(place->wish.zone);
}

static void make_places(struct irc_daily *daily)
{
	const struct irc_options *options = daily->speech->options;
	daily->place_count = options->channels.count;
	daily->places = mem_resize(NULL, daily->place_count + 1, sizeof *daily->places);
	for (size_t i = 0; i < daily->place_count; i++)
		read_place(options, options->channels.items[i], &daily->places[i]);
}

static void free_places(struct irc_daily *daily)
{
	for (size_t i = 0; i < daily->place_count; i++)
		zone_close(daily->places[i].zone);
	free(daily->places);
}

struct irc_daily *irc_daily_create(struct irc_speech *speech, struct irc_answers *answers)
{
	struct irc_daily *daily = mem_alloc(sizeof *daily);
	daily->speech = speech;
	daily->answers = answers;
	make_places(daily);
	return daily;
}

void irc_daily_change(struct irc_daily *daily)
{
	free_places(daily);
	make_places(daily);
	daily->asked[0] = '\0';
}

static void ask_names(struct irc_daily *daily, const char *name, bool as_topic)
{
	if (!irc_queue_push(daily->speech->queue, "NAMES %s", name))
		return;
	snprintf(daily->asked, sizeof daily->asked, "%s", name);
	daily->asked_until = daily->now + NAMES_SECONDS;
	daily->as_topic = as_topic;
	daily->here = daily->others = daily->operator= false;
}

/* Returns whether the channel is due, and was asked about. */
static bool try_channel(struct irc_daily *daily, struct place *place, time_t clock)
{
	if (!place->wanted || daily->now < place->again)
		return false;
	int64_t there = (int64_t)clock + zone_ahead(place->zone, clock);
	int minute = (int)(there % SECONDS_A_DAY / 60);
	daily->asked_day = there / SECONDS_A_DAY;
	if (place->day == daily->asked_day || minute < place->wish.minute ||
		minute >= place->wish.minute + IRC_DAILY_LATE)
		return false;
	place->again = daily->now + IRC_DAILY_AGAIN;
	ask_names(daily, place->name, place->wish.as_topic);
	return true;
}

void irc_daily_tick(struct irc_daily *daily, double now, time_t clock)
{
	daily->now = now;
	/* Answers go first; and each channel waits for the quote of the one before, so that many at
	 * the same time do not expire in the queue. */
	if (daily->speech->options->daily.count == 0 || daily->note != NULL ||
		(daily->asked[0] != '\0' && now < daily->asked_until) ||
		irc_queue_count(daily->speech->queue) > 0)
		return;
	for (size_t i = 0; i < daily->place_count; i++)
		if (try_channel(daily, &daily->places[i], clock))
			return;
}

/* Reads "@quoted +alice bob"; several signs are of multi-prefix. */
static void read_names(struct irc_daily *daily, const char *names)
{
	char nick[IRC_NICK_SIZE];
	while (*(names += strspn(names, " ")) != '\0') {
		size_t length = strcspn(names, " ");
		size_t signs = strspn(names, "~&!@%+");
		snprintf(nick, sizeof nick, "%.*s", (int)(length - signs), names + signs);
		bool is_me = irc_nick_equal(nick, daily->speech->nick);
		daily->here |= is_me;
		daily->others |= !is_me;
		if (is_me)
			daily->operator= strcspn(names, "~&!@%") < signs;
		names += length;
	}
}

static bool run_note(struct store_work *work, struct db *db)
{
	struct note *note = (struct note *)work;
	struct db_statement *forget =
		db_prepare(db, "DELETE FROM irc_daily WHERE section = $1 AND day < $2");
	db_bind_text(forget, 1, note->section);
	db_bind_integer(forget, 2, note->day - DAYS_KEPT);
	struct db_statement *add =
		db_prepare(db, "INSERT INTO irc_daily (section, channel, day) VALUES ($1, $2, $3)"
			       " ON CONFLICT DO NOTHING");
	db_bind_text(add, 1, note->section);
	db_bind_text(add, 2, note->channel);
	db_bind_integer(add, 3, note->day);
	int64_t added = 0;
	bool good = db_run(forget) && db_run_count(add, &added);
	note->is_first = added > 0;
	return good;
}

static void tell_failure(struct irc_daily *daily, const char *failure)
{
	const char *name = daily->speech->context->name;
	if (failure != NULL && !daily->failed)
		log_error(name,
			"daily quotes are put off, as it cannot be noted that they were said: %s",
			failure);
	else if (failure == NULL && daily->failed)
		log_info(name, "daily quotes can be noted again");
	daily->failed = failure != NULL;
}

static void set_day(struct irc_daily *daily, const struct note *note)
{
	for (size_t i = 0; i < daily->place_count; i++)
		if (irc_nick_equal(daily->places[i].name, note->channel))
			daily->places[i].day = note->day;
}

static void on_noted(struct store_work *work, const char *failure)
{
	struct note *note = (struct note *)work;
	struct irc_daily *daily = note->daily;
	if (daily != NULL) {
		daily->note = NULL;
		tell_failure(daily, failure);
		if (failure == NULL)
			set_day(daily, note);
		if (failure == NULL && note->is_first)
			irc_answer_daily(daily->answers, note->channel, note->as_topic, daily->now);
	}
	free(note->section);
	free(note->channel);
	free(note);
}

static void add_note(struct irc_daily *daily)
{
	const struct frontend_context *context = daily->speech->context;
	if (context->store == NULL) {
		tell_failure(daily, "there is no store");
		return;
	}
	struct note *note = mem_alloc(sizeof *note);
	*note = (struct note){.work = {.schema = &schema, .run = run_note, .done = on_noted},
		.daily = daily,
		.section = mem_strdup(context->name),
		.channel = mem_strdup(daily->asked),
		.day = daily->asked_day,
		.as_topic = daily->as_topic && daily->operator, };
	daily->note = note;
	store_submit(context->store, &note->work);
}

void irc_daily_numeric(struct irc_daily *daily, int code, const char *const *params, size_t count)
{
	if (daily->asked[0] == '\0' || count < 2)
		return;
	if (code == RPL_NAMREPLY && irc_nick_equal(params[count - 2], daily->asked))
		read_names(daily, params[count - 1]);
	if (code != RPL_ENDOFNAMES || !irc_nick_equal(params[1], daily->asked))
		return;
	if (daily->here && daily->others && daily->note == NULL)
		add_note(daily);
	daily->asked[0] = '\0';
}

void irc_daily_forget(struct irc_daily *daily)
{
	daily->asked[0] = '\0';
	if (daily->note != NULL)
		daily->note->daily = NULL;
	daily->note = NULL;
}

void irc_daily_destroy(struct irc_daily *daily)
{
	if (daily == NULL)
		return;
	irc_daily_forget(daily);
	free_places(daily);
	free(daily);
}
