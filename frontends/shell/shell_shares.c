#include "frontends/shell/shell_shares.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/choice/quote_groups.h"

enum { WHOLE = 100 };

/* Groups while their shares are found. */
struct sharing {
	const struct library *library;
	struct quote_group *groups;
	uint32_t group_count;
	uint32_t *of_file; /* the group of each file */
	double *counts;    /* of each file: the quotes drawn from it */
	double *sizes;     /* of each group: the same of its files */
	double *weights;   /* of each group; 0 if it has nothing */
	double total;
};

/* A file has its own quotes, and shared ones that are not in its group already. */
static void count_quotes(struct sharing *sharing)
{
	const struct library *library = sharing->library;
	for (uint32_t i = 0; i < library->file_count; i++)
		sharing->counts[i] = library->files[i].count;
	for (uint32_t i = 0; i < library->share_count; i++)
		if (quote_groups_gains(library, sharing->of_file, i))
			sharing->counts[library->shares[i].file]++;
	for (uint32_t i = 0; i < library->file_count; i++)
		if (sharing->of_file[i] != QUOTE_GROUPS_NONE)
			sharing->sizes[sharing->of_file[i]] += sharing->counts[i];
}

static void weigh(struct sharing *sharing)
{
	for (uint32_t i = 0; i < sharing->group_count; i++) {
		const struct quote_group *plan = &sharing->groups[i];
		if (plan->weight == QUOTE_GROUPS_BY_COUNT)
			sharing->weights[i] = sharing->sizes[i];
		else if (sharing->sizes[i] > 0 || plan->command != QUOTE_GROUPS_NONE)
			sharing->weights[i] = (double)plan->weight;
		sharing->total += sharing->weights[i];
	}
}

static void share_out(const struct sharing *sharing, struct shell_shares *shares)
{
	for (uint32_t i = 0; i < sharing->library->file_count; i++) {
		uint32_t group = sharing->of_file[i];
		if (group != QUOTE_GROUPS_NONE && sharing->sizes[group] > 0)
			shares->files[i] = WHOLE * sharing->weights[group] / sharing->total *
					   sharing->counts[i] / sharing->sizes[group];
	}
	for (uint32_t i = 0; i < sharing->group_count; i++) {
		uint32_t command = sharing->groups[i].command;
		if (command != QUOTE_GROUPS_NONE)
			shares->commands[command] = WHOLE * sharing->weights[i] / sharing->total;
	}
}

bool shell_shares_init(struct shell_shares *shares, const struct library *library,
	const struct strings *names, struct error *reterr)
{
	struct sharing sharing = {.library = library};
	*shares = (struct shell_shares){0};
	if (!selection_init(&shares->selection, library, names, reterr))
		return false;
	sharing.groups = quote_groups_make(
		library, &shares->selection, &sharing.group_count, &sharing.of_file);
	shares->files = mem_alloc((library->file_count + 1) * sizeof(double));
	shares->commands = mem_alloc((library->collections->count + 1) * sizeof(double));
	sharing.counts = mem_alloc((library->file_count + 1) * sizeof(double));
	sharing.sizes = mem_alloc((sharing.group_count + 1) * sizeof(double));
	sharing.weights = mem_alloc((sharing.group_count + 1) * sizeof(double));
	count_quotes(&sharing);
	weigh(&sharing);
	share_out(&sharing, shares);
	free(sharing.counts);
	free(sharing.sizes);
	free(sharing.weights);
	free(sharing.groups);
	free(sharing.of_file);
	return true;
}

bool shell_shares_any(const struct selection *selection, const struct library *library)
{
	for (size_t i = 0; i < library->collections->count; i++)
		if (selection->commands[i] != 0)
			return true;
	for (uint32_t i = 0; i < library->file_count; i++)
		if (selection->files[i] != 0 &&
			library->files[i].count + library->files[i].shared > 0)
			return true;
	return false;
}

void shell_shares_finish(struct shell_shares *shares)
{
	free(shares->files);
	free(shares->commands);
	selection_finish(&shares->selection);
}
