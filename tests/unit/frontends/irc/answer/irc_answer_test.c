#include "frontends/irc/answer/irc_answer.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "core/base/mem.h"
#include "core/library/quote_id.h"
#include "tests/support/quotes.h"

struct scene {
	struct quotes quotes;
	struct frontend_context context;
	struct irc_options options;
	struct irc_queue *queue;
	struct irc_speech speech;
	struct irc_answers *answers;
	double now;
};

static bool write_permalink(const struct frontend_context *context, uint64_t id, struct buffer *out)
{
	char text[QUOTE_ID_LENGTH + 1];
	(void)context;
	quote_id_format(id, text);
	buffer_format(out, "https://x.example/q/%s", text);
	return true;
}

static void open_answers(struct scene *scene)
{
	static const struct strings all = {0};
	static const struct quote_wire wire = {.name = "irc.test", .collections = &all};
	struct error error;
	struct quoter *quoter = quotes_open(&scene->quotes);
	scene->context = (struct frontend_context){
		.name = "irc.test",
		.asker = asker_create(quoter, NULL, &wire, &error),
		.rng = &scene->quotes.rng,
		.write_permalink = write_permalink,
	};
	cr_assert_not_null(scene->context.asker);
	scene->queue = irc_queue_create(100, 0, 64);
	scene->speech = (struct irc_speech){
		&scene->context, &scene->options, scene->queue, "quoted", .full = false};
	scene->answers = irc_answer_create(&scene->speech);
}

static void prepare(struct scene *scene)
{
	*scene = (struct scene){0};
	setting_defaults(irc_options_rows, &scene->options);
	free(scene->options.contact);
	scene->options.contact = mem_strdup("me@example.org");
	strings_add(&scene->options.channels, "#a");
}

static void begin(struct scene *scene, const char *quote)
{
	prepare(scene);
	quotes_add(&scene->quotes, "all", quote);
	open_answers(scene);
}

static void end(struct scene *scene)
{
	irc_answer_destroy(scene->answers);
	irc_speech_finish(&scene->speech);
	asker_destroy(scene->context.asker);
	irc_queue_destroy(scene->queue);
	setting_finish(irc_options_rows, &scene->options);
	quotes_finish(&scene->quotes);
}

static void ask(struct scene *scene, enum irc_command command, const char *argument)
{
	static const struct irc_person person = {.nick = "a", .key = "b@c", .place = "#a"};
	irc_answer_command(scene->answers, command, argument, &person, scene->now);
}

static void expect(struct scene *scene, const char *wanted)
{
	double wait;
	char *line = irc_queue_pop(scene->queue, scene->now, &wait);
	if (wanted == NULL)
		cr_assert_null(line, "%s", line);
	else
		cr_assert(line != NULL && strcmp(line, wanted) == 0, "'%s' instead of '%s'", line,
			wanted);
	free(line);
}

Test(irc_answer, counts_matches_and_goes_on)
{
	struct scene scene;
	prepare(&scene);
	quotes_add(&scene.quotes, "all", "static:apple one");
	quotes_add(&scene.quotes, "all", "static:apple two");
	quotes_add(&scene.quotes, "all", "static:pear");
	open_answers(&scene);
	ask(&scene, IRC_COMMAND_MORE, "");
	expect(&scene, "NOTICE a :There was no search here yet; write \"search\" and words.");
	ask(&scene, IRC_COMMAND_SEARCH, "apple");
	ask(&scene, IRC_COMMAND_MORE, "");
	double wait;
	char *first = irc_queue_pop(scene.queue, 0, &wait);
	char *second = irc_queue_pop(scene.queue, 0, &wait);
	cr_assert_eq(strncmp(first, "PRIVMSG #a :(1 of 2) apple ", 27), 0, "%s", first);
	cr_assert_eq(strncmp(second, "PRIVMSG #a :(2 of 2) apple ", 27), 0, "%s", second);
	cr_assert_str_neq(first + 27, second + 27);
	free(first);
	free(second);
	ask(&scene, IRC_COMMAND_MORE, "");
	expect(&scene, "NOTICE a :There are no more matches.");
	ask(&scene, IRC_COMMAND_SEARCH, "plum");
	expect(&scene, "NOTICE a :No quote matches 'plum'.");
	ask(&scene, IRC_COMMAND_SEARCH, "");
	expect(&scene, "NOTICE a :Give a word to search for.");
	end(&scene);
}

Test(irc_answer, says_the_id_of_the_last_quote)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	ask(&scene, IRC_COMMAND_ID, "");
	expect(&scene, "NOTICE a :I have not shown a quote here yet.");
	ask(&scene, IRC_COMMAND_QUOTE, "");
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	ask(&scene, IRC_COMMAND_ID, "");
	expect(&scene, "PRIVMSG #a :rchg");
	end(&scene);
}

Test(irc_answer, links_only_where_it_is_wanted)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	strings_add(&scene.options.links, "#b");
	ask(&scene, IRC_COMMAND_QUOTE, "");
	expect(&scene, "PRIVMSG #a :An apple [rchg]");
	strings_add(&scene.options.links, "#A");
	ask(&scene, IRC_COMMAND_QUOTE, "");
	expect(&scene, "PRIVMSG #a :An apple [rchg] https://x.example/q/rchgmp9kr03d");
	ask(&scene, IRC_COMMAND_ID, "");
	expect(&scene, "PRIVMSG #a :rchg https://x.example/q/rchgmp9kr03d");
	end(&scene);
}

Test(irc_answer, finds_a_collection_and_an_author)
{
	struct scene scene;
	prepare(&scene);
	quotes_add(&scene.quotes, "fruit", "static:An apple a day.\n\t\t-- Ann Apple");
	quotes_add(&scene.quotes, "other", "static:A stone");
	open_answers(&scene);
	ask(&scene, IRC_COMMAND_FORTUNE, "other");
	double wait;
	char *line = irc_queue_pop(scene.queue, 0, &wait);
	cr_assert_eq(strncmp(line, "PRIVMSG #a :A stone [", 21), 0, "%s", line);
	free(line);
	ask(&scene, IRC_COMMAND_BY, "ann apple");
	line = irc_queue_pop(scene.queue, 0, &wait);
	cr_assert_eq(
		strncmp(line, "PRIVMSG #a :An apple a day. | -- Ann Apple [", 44), 0, "%s", line);
	free(line);
	ask(&scene, IRC_COMMAND_BY, "");
	expect(&scene, "NOTICE a :Write the name of an author.");
	ask(&scene, IRC_COMMAND_FORTUNE, "othr");
	line = irc_queue_pop(scene.queue, 0, &wait);
	cr_assert(strncmp(line, "NOTICE a :", 10) == 0 && strstr(line, "'other'") != NULL, "%s",
		line);
	free(line);
	end(&scene);
}

Test(irc_answer, a_channel_shows_its_own_collections)
{
	static const enum irc_command random[] = {
		IRC_COMMAND_QUOTE, IRC_COMMAND_TODAY, IRC_COMMAND_FORTUNE};
	struct scene scene;
	double wait;
	prepare(&scene);
	strings_add(&scene.options.channel_collections, "#a one,two");
	quotes_add_many(&scene.quotes, "one", 5);
	quotes_add_many(&scene.quotes, "two", 5);
	quotes_add_many(&scene.quotes, "three", 90);
	open_answers(&scene);
	int seen[2] = {0};
	for (int i = 0; i < 60; i++) {
		ask(&scene, random[i % 3], "");
		char *line = irc_queue_pop(scene.queue, 0, &wait);
		bool is_one = strncmp(line, "PRIVMSG #a :one", 15) == 0;
		cr_assert(is_one || strncmp(line, "PRIVMSG #a :two", 15) == 0, "%s", line);
		seen[is_one]++;
		free(line);
	}
	cr_assert(seen[0] > 5 && seen[1] > 5);
	ask(&scene, IRC_COMMAND_SEARCH, "three7");
	expect(&scene, "NOTICE a :The collections of this channel have no such quote.");
	ask(&scene, IRC_COMMAND_FORTUNE, "three");
	expect(&scene, "NOTICE a :The collections of this channel have no such quote.");
	ask(&scene, IRC_COMMAND_SEARCH, "two3");
	char *line = irc_queue_pop(scene.queue, 0, &wait);
	cr_assert_eq(strncmp(line, "PRIVMSG #a :two3 [", 18), 0, "%s", line);
	free(line);
	end(&scene);
}

Test(irc_answer, folds_but_does_not_pick_drawings)
{
	struct scene scene;
	prepare(&scene);
	quotes_add(&scene.quotes, "all", "static: /\\_/\\\n( o.o )\n > ^ <");
	quotes_add(&scene.quotes, "all", "static:one\n  two");
	open_answers(&scene);
	for (int i = 0; i < 30; i++) {
		double wait;
		ask(&scene, IRC_COMMAND_QUOTE, "");
		char *line = irc_queue_pop(scene.queue, 0, &wait);
		cr_assert_eq(strncmp(line, "PRIVMSG #a :one | two [", 23), 0, "%s", line);
		free(line);
	}
	end(&scene);
}

Test(irc_answer, help_is_whole_with_the_longest_contact)
{
	char contact[300 - sizeof "quote bot" + 2];
	struct scene scene;
	double wait;
	begin(&scene, "static:An apple");
	memset(contact, 'x', sizeof contact);
	contact[sizeof contact - 1] = '\0';
	free(scene.options.contact);
	scene.options.contact = mem_strdup(contact);
	ask(&scene, IRC_COMMAND_HELP, "");
	char *line = irc_queue_pop(scene.queue, 0, &wait);
	cr_assert(strstr(line, "just \"quote\".") != NULL && strchr(line, 'x') == NULL, "%s", line);
	free(line);
	char *wanted = mem_format("NOTICE a :Run by %s.", contact);
	expect(&scene, wanted);
	expect(&scene, NULL);
	free(wanted);
	end(&scene);
}

Test(irc_answer, a_full_queue_takes_whole_answers)
{
	struct scene scene;
	begin(&scene, "static:An apple");
	irc_queue_set(scene.queue, 100, 0, 8);
	for (int i = 0; i < 12; i++)
		ask(&scene, IRC_COMMAND_QUOTE, "");
	cr_assert_eq(irc_queue_count(scene.queue), 8);
	cr_assert_eq(irc_answer_waiting(scene.answers, "b@c"), 8);
	end(&scene);
}
