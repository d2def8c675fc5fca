#include <stdlib.h>
#include <sysexits.h>

#include "core/command_source.h"
#include "core/mem.h"
#include "core/quote_groups.h"
#include "frontends/json.h"
#include "frontends/shell/shell.h"

enum { WHOLE = 100 };

/* The quotes that are drawn from each file: its own and, in another group than theirs, those that
 * it shares. */
static void count_quotes(
	const struct library *library, const struct quote_groups *groups, double *counts)
{
	for (uint32_t i = 0; i < library->file_count; i++)
		counts[i] = library->files[i].count;
	for (uint32_t i = 0; i < library->share_count; i++)
		if (quote_groups_gains(groups, library, i))
			counts[library->shares[i].file]++;
}

/* The chance of each file, in percent. */
static double *shares_of(const struct library *library)
{
	struct quote_groups groups;
	const struct strings everything = {0};
	struct selection selection;
	double total = 0;
	selection_init(&selection, library, &everything, NULL);
	quote_groups_init(&groups, library, &selection);
	double *sizes = mem_alloc((groups.count + 1) * sizeof *sizes);
	double *counts = mem_alloc((library->file_count + 1) * sizeof *counts);
	double *shares = mem_alloc((library->file_count + 1) * sizeof *shares);
	count_quotes(library, &groups, counts);
	for (uint32_t i = 0; i < library->file_count; i++)
		if (groups.of_file[i] != QUOTE_GROUPS_NONE)
			sizes[groups.of_file[i]] += counts[i];
	for (uint32_t i = 0; i < groups.count; i++) {
		bool by_count = groups.plans[i].weight == QUOTE_GROUPS_BY_COUNT;
		bool possible = sizes[i] > 0 || groups.plans[i].command != QUOTE_GROUPS_NONE;
		total += by_count ? sizes[i] : possible ? groups.plans[i].weight : 0;
	}
	for (uint32_t i = 0; i < library->file_count; i++) {
		uint32_t group = groups.of_file[i];
		if (group == QUOTE_GROUPS_NONE || sizes[group] == 0)
			continue;
		double weight = groups.plans[group].weight == QUOTE_GROUPS_BY_COUNT
					? sizes[group]
					: groups.plans[group].weight;
		shares[i] = WHOLE * weight / total * counts[i] / sizes[group];
	}
	free(sizes);
	free(counts);
	quote_groups_finish(&groups);
	selection_finish(&selection);
	return shares;
}

static void print_collection(const struct library *library, uint32_t collection,
	const double *shares, struct output *out)
{
	const struct collection *item = &library->collections->items[collection];
	double share = 0;
	unsigned long count = 0;
	for (uint32_t i = 0; i < library->file_count; i++) {
		if (library->files[i].collection != collection)
			continue;
		share += shares[i];
		count += library->files[i].count;
	}
	if (command_source_of(item->options) != NULL)
		output_format(out, "        %s (a command)\n", item->name);
	else
		output_format(out, "%6.2f%% %s (%lu)%s\n", share, item->name, count,
			item->options->is_private ? ", private" : "");
	for (uint32_t i = 0; i < library->file_count; i++)
		if (library->files[i].collection == collection)
			output_format(out, "    %6.2f%% %s (%lu)\n", shares[i],
				library->files[i].name, (unsigned long)library->files[i].count);
}

int shell_list(const struct shell_options *options, const struct quoter *quoter, struct output *out)
{
	const struct library *library = quoter_library(quoter);
	double *shares = shares_of(library);
	for (uint32_t i = 0; options->json && i < library->file_count; i++) {
		struct buffer line = {0};
		json_write_file(&line, library, &library->files[i], shares[i]);
		output_add(out, line.data);
		buffer_finish(&line);
	}
	for (uint32_t i = 0; !options->json && i < library->collections->count; i++)
		print_collection(library, i, shares, out);
	free(shares);
	return EX_OK;
}
