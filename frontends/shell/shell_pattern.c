#include "frontends/shell/shell_pattern.h"

#include <stdint.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "core/base/mem.h"
#include "frontends/shell/basic_pattern.h"

/* A match takes at most some 50 ms. */
enum { STEPS_MAX = 1000000, HEAP_MAX_KIB = 65536, REASON_SIZE = 200 };

struct shell_pattern {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

/* \p end is behind what is wrong. */
static void refuse(const char *text, const char *end, const char *problem, struct error *reterr)
{
	size_t characters = 0;
	for (const char *at = text; at < end; at++)
		characters += ((unsigned char)*at & 0xC0) != 0x80;
	error_set(reterr, "--match: '%s': %s, at character %zu", text, problem, characters);
}

static pcre2_code *compile(
	const char *text, const struct buffer *pattern, uint32_t options, struct error *reterr)
{
	int number;
	size_t offset;
	char reason[REASON_SIZE];
	struct buffer before = {0};
	const char *ignored;
	PCRE2_SPTR data = (PCRE2_SPTR)(pattern->data != NULL ? pattern->data : "");
	pcre2_code *code = pcre2_compile(data, pattern->length,
		PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | options, &number, &offset, NULL);
	if (code != NULL)
		return code;
	pcre2_get_error_message(number, (PCRE2_UCHAR *)reason, sizeof reason);
	refuse(text, basic_pattern_translate(text, offset, &before, &ignored), reason, reterr);
	buffer_finish(&before);
	return NULL;
}

struct shell_pattern *shell_pattern_create(const char *text, bool ignore_case, struct error *reterr)
{
	struct shell_pattern *pattern = NULL;
	struct buffer translated = {0};
	const char *problem;
	const char *end = basic_pattern_translate(text, SIZE_MAX, &translated, &problem);
	pcre2_code *code = NULL;
	if (problem != NULL)
		refuse(text, end, problem, reterr);
	else
		code = compile(text, &translated, ignore_case ? PCRE2_CASELESS : 0, reterr);
	if (code != NULL) {
		pattern = mem_alloc(sizeof *pattern);
		pattern->code = code;
		pattern->data = mem_check(pcre2_match_data_create(1, NULL));
		pattern->limits = mem_check(pcre2_match_context_create(NULL));
		pcre2_set_match_limit(pattern->limits, STEPS_MAX);
		pcre2_set_heap_limit(pattern->limits, HEAP_MAX_KIB);
	}
	buffer_finish(&translated);
	return pattern;
}

enum shell_pattern_outcome shell_pattern_match(
	const struct shell_pattern *pattern, const char *text, size_t length, struct error *reterr)
{
	char reason[REASON_SIZE];
	int found = pcre2_match(
		pattern->code, (PCRE2_SPTR)text, length, 0, 0, pattern->data, pattern->limits);
	if (found >= 0)
		return SHELL_PATTERN_MATCHES;
	if (found == PCRE2_ERROR_NOMATCH)
		return SHELL_PATTERN_DIFFERS;
	pcre2_get_error_message(found, (PCRE2_UCHAR *)reason, sizeof reason);
	error_set(reterr, "--match: %s; use fewer repeats within repeats", reason);
	return SHELL_PATTERN_GAVE_UP;
}

void shell_pattern_destroy(struct shell_pattern *pattern)
{
	if (pattern == NULL)
		return;
	pcre2_code_free(pattern->code);
	pcre2_match_data_free(pattern->data);
	pcre2_match_context_free(pattern->limits);
	free(pattern);
}
