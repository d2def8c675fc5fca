#include "reload.h"

#include <stdlib.h>
#include <string.h>

#include "config/options_apply.h"
#include "core/base/buffer.h"
#include "core/base/mem.h"
#include "frontends/kit/log.h"
#include "rehearse.h"

struct reload {
	const struct options *options;
	struct runtime *runtime;
	struct setup *running;
	struct setup *leaving; /* the one before, until its front ends are gone */
	struct setup *next;    /* prepared, or refused */
	struct quoter *unused; /* with what was served before */
	struct error error;    /* why the next one is refused */
};

static const struct config_section *find_section(const struct setup *setup, const char *name)
{
	for (size_t i = 0; i < setup->config.section_count; i++)
		if (strcmp(setup->config.sections[i].name, name) == 0)
			return &setup->config.sections[i];
	return NULL;
}

static bool is_same_section(const struct setup *setup, const struct config_section *section,
	const struct config_section *before)
{
	return before != NULL && setting_equal(setup_frontend(setup, section)->settings,
					 section->options, before->options);
}

/* Once it is made, the front end asks the quoter that runs. */
static void add_new(struct setup *setup, const struct setup *running,
	const struct config_section *section, struct runtime *runtime)
{
	struct error error;
	struct asker *asker = setup_asker(setup, section, runtime_searcher(runtime), &error);
	const struct frontend_ops *ops = setup_frontend(setup, section);
	if (asker == NULL ||
		!supervisor_add(runtime_supervisor(runtime), ops, section->options, asker, &error))
		setup_refuse(setup, section, error.text);
	else if (running != NULL)
		asker_move(asker, running->quoter);
}

/* Its wire has the name, the collections and what is prepared of the one that runs. */
static void keep(struct setup *setup, const struct quote_wire *wire,
	const struct config_section *section, struct runtime *runtime)
{
	struct error error;
	unsigned number;
	supervisor_keep(runtime_supervisor(runtime), wire->name);
	if (!setup->lacks_quotes && !quoter_add_wire(setup->quoter, wire, &number, &error))
		setup_refuse(setup, section, error.text);
}

/* Returns the next section that is of a front end and was not there before; NULL: there is none. */
static const struct config_section *take_added(
	const struct setup *setup, const struct setup *running, size_t *at)
{
	while (*at < setup->config.section_count) {
		const struct config_section *section = &setup->config.sections[(*at)++];
		if (setup_frontend(setup, section) != NULL &&
			(running == NULL || find_section(running, section->name) == NULL))
			return section;
	}
	return NULL;
}

/* A front end that is drained may still ask, so the wire of one that is removed shows nothing. Its
 * number is used again by the reload after this one, as none asks by then. */
static void add_wire(struct setup *setup, const struct setup *running, unsigned number,
	struct runtime *runtime, size_t *added)
{
	static const struct quote_wire nothing = {.name = "", .collections = NULL};
	const struct quote_wire *wire = quoter_wire(running->quoter, number);
	const struct config_section *section = find_section(setup, wire->name);
	bool is_free = section == NULL && wire->collections == NULL;
	if (is_free)
		section = take_added(setup, running, added);
	if (section == NULL)
		quoter_add_wire(setup->quoter, &nothing, &number, NULL);
	else if (!is_free && is_same_section(setup, section, find_section(running, wire->name)))
		keep(setup, wire, section, runtime);
	else
		add_new(setup, running, section, runtime);
}

bool reload_add_frontends(struct setup *setup, const struct setup *running, struct runtime *runtime)
{
	const struct config_section *section;
	size_t problems = setup->problems.count;
	size_t added = 0;
	for (unsigned i = 1; running != NULL && quoter_wire(running->quoter, i) != NULL; i++)
		add_wire(setup, running, i, runtime, &added);
	while ((section = take_added(setup, running, &added)) != NULL)
		add_new(setup, running, section, runtime);
	rehearse_addresses(setup);
	return setup->problems.count == problems;
}

/* Front ends are added even if quotes are missing, to find every problem. */
static bool open_next(struct reload *reload, struct setup *next, const struct library *before,
	const atomic_bool *cancel, struct error *reterr)
{
	const struct options *options = reload->options;
	if (!setup_read_config(next, &options->common, reterr))
		return false;
	options_apply_log_format(options->log_format, &next->config);
	if (!options_apply_port(options->port, &next->config, reterr))
		return false;
	bool complete = setup_has_frontend(next, reterr);
	complete &= setup_open_quotes(next, before, cancel);
	return next->quoter != NULL &&
	       reload_add_frontends(next, reload->running, reload->runtime) && complete;
}

static struct library *prepare(void *data, const struct library *before, const atomic_bool *cancel,
	struct strings *warnings)
{
	struct reload *reload = data;
	struct setup *next = setup_create(reload->running->frontends, reload->running->rng);
	reload->next = next;
	reload->error.text[0] = '\0';
	bool opened = open_next(reload, next, before, cancel, &reload->error);
	if (opened)
		quoter_check(next->quoter, &next->warnings);
	*warnings = next->warnings;
	next->warnings = (struct strings){0};
	return opened ? quoter_library(next->quoter) : NULL;
}

static bool refuse(struct reload *reload)
{
	const struct strings *problems = &reload->next->problems;
	const char *first = problems->count > 0 ? problems->items[0] : reload->error.text;
	setup_report(reload->next, &reload->error);
	log_error("quoted", "reload refused; everything stays as it was");
	runtime_refuse_reload(reload->runtime, first);
	return false;
}

/* Has the running quoter, to which all refer, serve what the next one has, and the other way round.
 */
static void exchange(struct reload *reload)
{
	struct setup *running = reload->running;
	struct setup *next = reload->next;
	struct quoter *quoter = running->quoter;
	quoter_exchange(quoter, next->quoter);
	running->quoter = next->quoter;
	next->quoter = quoter;
}

/* What runs on with the options of the running setup takes them along. */
static void keep_options(struct reload *reload)
{
	for (size_t i = 0; i < reload->next->config.section_count; i++) {
		struct config_section *section = &reload->next->config.sections[i];
		const struct config_section *found = find_section(reload->running, section->name);
		if (setup_frontend(reload->next, section) == NULL ||
			!is_same_section(reload->next, section, found))
			continue;
		struct config_section *before =
			&reload->running->config.sections[found - reload->running->config.sections];
		config_exchange_options(section, before);
	}
}

static void apply_daemon(struct reload *reload)
{
	const struct daemon_options *daemon = &reload->next->config.daemon;
	runtime_set_drain_timeout(reload->runtime, (double)daemon->drain_timeout);
	setup_start_log(reload->next);
}

static void announce(const struct reload *reload)
{
	struct supervisor *supervisor = runtime_supervisor(reload->runtime);
	struct buffer text = {0};
	const struct daemon_options *before = &reload->running->config.daemon;
	const struct daemon_options *after = &reload->next->config.daemon;
	supervisor_describe(supervisor, &text);
	buffer_add(&text, supervisor_changes(supervisor));
	if (strcmp(before->timezone, after->timezone) != 0)
		buffer_add(&text, "; restart for timezone");
	if (strcmp(before->user, after->user) != 0)
		buffer_add(&text, "; restart for user");
	if (strcmp(before->state_directory, after->state_directory) != 0)
		buffer_add(&text, "; restart for state_directory");
	log_info("quoted", "reloaded: %s", text.data);
	buffer_finish(&text);
}

static bool commit(void *data, bool prepared)
{
	struct reload *reload = data;
	if (!prepared)
		return refuse(reload);
	exchange(reload);
	if (!runtime_apply(reload->runtime, &reload->error)) {
		exchange(reload);
		return refuse(reload);
	}
	keep_options(reload);
	apply_daemon(reload);
	announce(reload);
	reload->unused = reload->running->quoter;
	reload->running->quoter = NULL;
	reload->leaving = reload->running;
	reload->running = reload->next;
	reload->next = NULL;
	return true;
}

static void clean(void *data)
{
	struct reload *reload = data;
	if (reload->next != NULL)
		supervisor_abandon(runtime_supervisor(reload->runtime));
	setup_destroy(reload->next);
	quoter_destroy(reload->unused);
	reload->next = NULL;
	reload->unused = NULL;
}

static void on_left(void *data)
{
	struct reload *reload = data;
	setup_destroy(reload->leaving);
	reload->leaving = NULL;
	runtime_end_reload(reload->runtime);
}

struct reload *reload_create(
	const struct options *options, struct setup *running, struct runtime *runtime)
{
	struct reload *reload = mem_alloc(sizeof *reload);
	struct keeper_renewal renewal = {prepare, commit, clean, reload};
	*reload = (struct reload){.options = options, .runtime = runtime, .running = running};
	runtime_set_renewal(runtime, &renewal);
	supervisor_on_left(runtime_supervisor(runtime), on_left, reload);
	return reload;
}

void reload_destroy(struct reload *reload)
{
	if (reload == NULL)
		return;
	setup_destroy(reload->leaving);
	setup_destroy(reload->next);
	quoter_destroy(reload->unused);
	setup_destroy(reload->running);
	free(reload);
}
