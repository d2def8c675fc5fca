#include "core/choice/quote_draw.h"
#include "core/choice/quote_view.h"
#include "core/sources/loader.h"
#include "frontends/shell/shell.h"

/* Returns whether there is one; \p ret_index is that in \p ids. */
static bool pick(const struct shell_printing *printing, struct rng *rng, uint32_t *ret_index)
{
	struct quote_view view;
	const struct quote_request request = {.filter = printing->options->filter};
	quote_view_init(&view, printing->library, printing->selection, &request);
	const struct quote_group *group = quote_draw_group(&view, view.group_count, rng);
	if (group != NULL)
		*ret_index = quote_draw_quote(&view, group, rng);
	quote_view_finish(&view);
	return group != NULL;
}

/* Prints the quote of this index and returns true, unless its file has changed since. */
static bool print(struct shell_printing *printing, uint32_t index)
{
	struct error error;
	const struct library *ids = printing->library;
	const char *path = ids->files[library_file_of(ids, index)].path;
	uint64_t id = ids->store.quotes[index].id;
	struct library *texts = loader_load_file(ids->collections, path, &error);
	if (texts == NULL)
		return false;
	uint32_t at = id_index_position(&texts->ids, &texts->store, id);
	uint32_t found = at < texts->ids.count ? texts->ids.order[at] : 0;
	bool same = at < texts->ids.count && texts->store.quotes[found].id == id;
	if (same) {
		struct quote quote = library_quote(texts, found);
		shell_printing_quote(printing, &quote);
	}
	library_release(texts);
	return same;
}

bool shell_draw(const struct shell_options *options, struct library *ids, struct rng *rng,
	struct output *out)
{
	struct selection selection;
	struct error error;
	uint32_t index;
	struct shell_printing printing = {
		.out = out, .options = options, .library = ids, .selection = &selection};
	if (collections_count_commands(ids->collections) > 0 ||
		!selection_init(&selection, ids, &options->collections, &error))
		return false;
	bool done = pick(&printing, rng, &index) && print(&printing, index);
	if (done && options->wait)
		shell_printing_wait(&printing);
	selection_finish(&selection);
	return done;
}
