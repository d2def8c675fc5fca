/* Loads fortune files as the daemon does and prints what that costs, a number a line. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/rng.h"
#include "core/choice/quoter.h"
#include "core/sources/loader.h"

static double now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* Octets that malloc gave away. */
static double allocated(void)
{
	struct mallinfo2 info = mallinfo2();
	return (double)info.uordblks + (double)info.hblkhd;
}

/* getrusage() would count what the parent had before it became this program. */
static double peak_mib(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	char line[256];
	double kib = 0;
	while (status != NULL && fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = strtod(line + 6, NULL);
	if (status != NULL)
		fclose(status);
	return kib / 1024;
}

int main(int argc, char **argv)
{
	enum { PICKS = 1000000 };
	struct collection collection = {.name = "quotes", .reserve = 1};
	struct collections collections = {.items = &collection, .count = 1, .references = 1};
	struct strings warnings = {0};
	struct error error;
	struct rng rng;
	if (argc != 2)
		return 64;
	strings_add(&collection.sources, argv[1]);
	rng_init(&rng, 1);
	double empty = allocated();
	double begun = now_ms();
	struct library *library =
		loader_load(&(struct loader){.warnings = &warnings}, &collections, &error);
	if (library == NULL) {
		fprintf(stderr, "%s\n", error.text);
		return 66;
	}
	double loaded = now_ms();
	struct quoter *quoter = quoter_create(library, &rng);
	struct quote_fit qotd = {.max_bytes = 511, .crlf = true};
	struct quote_fit irc = {.max_lines = 3, .line_bytes = 400, .fold = true};
	struct quote_filter any = {0};
	quoter_prepare(quoter, 0, &qotd);
	double fitted = now_ms();
	quoter_prepare(quoter, 0, &irc);
	double folded = now_ms();
	unsigned long octets = 0;
	for (int i = 0; i < PICKS; i++) {
		struct quote quote;
		if (quoter_pick(quoter, 0, &qotd, &any, &quote))
			octets += quote.length;
	}
	double picked = now_ms();
	double text = (double)library->store.texts.length;
	printf("quotes %zu\n", quoter_count(quoter));
	printf("load_ms %.1f\n", loaded - begun);
	printf("fit_ms %.1f\n", fitted - loaded);
	printf("fold_ms %.1f\n", folded - fitted);
	printf("pick_ns %.1f\n", (picked - folded) * 1e6 / PICKS);
	printf("octets_beside_text %.1f\n",
		(allocated() - empty - text) / (double)quoter_count(quoter));
	printf("text_mib %.1f\npeak_mib %.1f\n", text / 1048576, peak_mib());
	quoter_destroy(quoter);
	strings_finish(&warnings);
	strings_finish(&collection.sources);
	return octets > 0 ? 0 : 1;
}
