#include "frontends/irc/answer/irc_speech.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

static struct frontend_context context = {.name = "irc.test"};
static struct irc_options options = {.username = (char *)"q", .answer_timeout = 15};
static const struct irc_person bob = {.nick = "bob", .key = "b@h", .place = "#a"};

static void expect(struct irc_speech *speech, double now, const char *wanted)
{
	double wait;
	char *line = irc_queue_pop(speech->queue, now, &wait);
	if (wanted == NULL)
		cr_assert_null(line, "%s", line);
	else
		cr_assert_str_eq(line, wanted);
	free(line);
}

Test(irc_speech, tells_a_person_where_it_reads)
{
	struct irc_speech speech = {
		&context, &options, irc_queue_create(4, 0, 8), "quoted", .full = false};
	struct irc_person alice = bob;
	alice.relayed = "alice";
	irc_speech_tell(&speech, &bob, "Hi", 0);
	irc_speech_tell(&speech, &alice, "Hi", 0);
	expect(&speech, 0, "NOTICE bob :Hi");
	expect(&speech, 0, "PRIVMSG #a :alice: Hi");
	cr_assert(irc_recent_was_said(&speech.recent, "alice: Hi"));
	irc_speech_tell(&speech, &bob, "Too late", 0);
	expect(&speech, 15, NULL);
	irc_queue_destroy(speech.queue);
	irc_speech_finish(&speech);
}

Test(irc_speech, counts_and_says_once_that_the_queue_is_full, .init = cr_redirect_stderr)
{
	static const struct metrics_row rows[] = {
		METRICS_COMMON_ROWS, [IRC_METRICS_NO_QUOTE] = METRICS_REFUSAL("a"),
		[IRC_METRICS_PERSON] = METRICS_REFUSAL("b"),
		[IRC_METRICS_CHANNEL] = METRICS_REFUSAL("c"),
		[IRC_METRICS_NETWORK] = METRICS_REFUSAL("d"),
		[IRC_METRICS_QUEUE] = METRICS_REFUSAL("queue_limit"), {.name = NULL}};
	struct metrics_registry *registry = metrics_registry_create();
	struct irc_speech speech = {
		&context, &options, irc_queue_create(4, 0, 1), "quoted", .full = false};
	struct buffer text = {0};
	context.metrics = metrics_registry_open(registry, "irc.test", rows);
	for (int i = 0; i < 3; i++)
		irc_speech_tell(&speech, &bob, "Hi", 0);
	cr_assert_eq(irc_queue_count(speech.queue), 1);
	metrics_registry_write(registry, &text);
	cr_assert_not_null(strstr(text.data, "reason=\"queue_limit\"} 2\n"), "%s", text.data);
	fflush(stderr);
	char log[512];
	size_t length = fread(log, 1, sizeof log - 1, cr_get_redirected_stderr());
	log[length] = '\0';
	static const char words[] = "the send queue is full: dropping replies; raise queue_limit";
	const char *told = strstr(log, words);
	cr_assert(told != NULL && strstr(told + strlen(words), "full") == NULL, "%s", log);
	buffer_finish(&text);
	irc_queue_destroy(speech.queue);
	irc_speech_finish(&speech);
	metrics_close(context.metrics);
	metrics_registry_destroy(registry);
}

Test(irc_speech, replies_as_the_server_shows_us)
{
	struct irc_speech speech = {&context, &options, NULL, "quoted", .full = false};
	struct irc_reply reply = irc_speech_reply(&speech, "NOTICE", "bob");
	cr_assert_null(reply.shown);
	irc_speech_show(&speech, "q@h");
	reply = irc_speech_reply(&speech, "NOTICE", "bob");
	cr_assert_str_eq(reply.shown, "q@h");
	irc_speech_show(&speech, NULL);
	irc_speech_finish(&speech);
}
