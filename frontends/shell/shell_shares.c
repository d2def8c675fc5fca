#include "frontends/shell/shell_shares.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/choice/quote_groups.h"

enum { WHOLE = 100 };

/* Counts the quotes drawn from each file and of each group. A file has its own quotes, and shared
 * ones that are not in its group already. */
static void count_quotes(const struct library *library, const uint32_t *of_file,
	struct quote_group *groups, double *counts)
{
	for (uint32_t i = 0; i < library->file_count; i++)
		counts[i] = library->files[i].count;
	for (uint32_t i = 0; i < library->share_count; i++)
		if (quote_groups_gains(library, of_file, i))
			counts[library->shares[i].file]++;
	for (uint32_t i = 0; i < library->file_count; i++)
		if (of_file[i] != QUOTE_GROUPS_NONE)
			groups[of_file[i]].count += (uint32_t)counts[i];
}

/* Returns 0 if it has nothing to draw. */
static double weight_of(const struct quote_group *group)
{
	bool has_any = group->count > 0 || group->command != QUOTE_GROUPS_NONE;
	uint64_t weight = group->weight != QUOTE_GROUPS_BY_COUNT ? group->weight : group->count;
	return has_any ? (double)weight : 0;
}

/* Makes shares of the counts. */
static void share_out(const struct library *library, const uint32_t *of_file,
	const struct quote_group *groups, uint32_t group_count, struct shell_shares *shares)
{
	double total = 0;
	for (uint32_t i = 0; i < group_count; i++)
		total += weight_of(&groups[i]);
	for (uint32_t i = 0; i < library->file_count; i++) {
		const struct quote_group *group =
			of_file[i] != QUOTE_GROUPS_NONE ? &groups[of_file[i]] : NULL;
		if (group != NULL && group->count > 0)
			shares->files[i] =
				WHOLE * weight_of(group) / total * shares->files[i] / group->count;
		else
			shares->files[i] = 0;
	}
	for (uint32_t i = 0; i < group_count; i++)
		if (groups[i].command != QUOTE_GROUPS_NONE)
			shares->commands[groups[i].command] = WHOLE * weight_of(&groups[i]) / total;
}

bool shell_shares_init(struct shell_shares *shares, const struct library *library,
	const struct strings *names, struct error *reterr)
{
	uint32_t group_count, *of_file;
	*shares = (struct shell_shares){0};
	if (!selection_init(&shares->selection, library, names, reterr))
		return false;
	struct quote_group *groups =
		quote_groups_make(library, &shares->selection, &group_count, &of_file);
	shares->files = mem_alloc((library->file_count + 1) * sizeof(double));
	shares->commands = mem_alloc((library->collections->count + 1) * sizeof(double));
	count_quotes(library, of_file, groups, shares->files);
	share_out(library, of_file, groups, group_count, shares);
	free(groups);
	free(of_file);
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
