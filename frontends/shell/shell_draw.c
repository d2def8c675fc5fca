#include "core/choice/quote_view.h"
#include "core/sources/loader.h"
#include "frontends/shell/shell.h"

/* Of 10 draws of a quote of 160 octets or less, or more, one fits nearly always. */
enum { DRAWS = 10 };

/* Draws a quote of the file and prints it. Returns false if it does not fit, or there is none. */
static bool print_of(
	struct shell_printing *printing, const struct library_file *file, struct rng *rng)
{
	struct error error;
	struct strings warnings = {0};
	struct loader loader = {.warnings = &warnings, .only = file};
	struct library *texts = loader_load(&loader, printing->library->collections, &error);
	strings_finish(&warnings);
	if (texts == NULL || texts->store.count == 0) {
		library_release(texts);
		return false;
	}
	struct shell_printing of_texts = *printing;
	struct quote quote = library_quote(texts, (uint32_t)rng_below(rng, texts->store.count));
	bool fits = quote_filter_takes(&printing->options->filter, &quote);
	of_texts.library = texts;
	if (fits)
		shell_printing_quote(&of_texts, &quote);
	printing->characters = of_texts.characters;
	library_release(texts);
	return fits;
}

static bool draw(struct shell_printing *printing, struct rng *rng)
{
	struct quote_view view;
	const struct library *counts = printing->library;
	const struct quote_group *group = NULL;
	bool done = false;
	quote_view_init(&view, counts, printing->selection, &(struct quote_fit){0},
		&(struct quote_filter){0});
	/* Giving up on a group with little that fits would take from its share. */
	if (view.group_count == 1 || quote_filter_takes_all(&printing->options->filter))
		group = quote_view_draw_group(&view, view.group_count, rng);
	for (int i = 0; group != NULL && !done && i < DRAWS; i++) {
		uint32_t quote = quote_view_draw_quote(&view, group, rng);
		done = print_of(printing, &counts->files[library_file_of(counts, quote)], rng);
	}
	quote_view_finish(&view);
	return done;
}

bool shell_draw(const struct shell_options *options, struct library *counts, struct rng *rng,
	struct output *out)
{
	struct selection selection;
	struct error error;
	struct shell_printing printing = {
		.out = out, .options = options, .library = counts, .selection = &selection};
	if (collections_count_commands(counts->collections) > 0 ||
		!selection_init(&selection, counts, &options->collections, &error))
		return false;
	bool done = draw(&printing, rng);
	if (done && options->wait)
		shell_printing_wait(&printing);
	selection_finish(&selection);
	return done;
}
