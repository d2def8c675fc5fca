#include "core/formats/csv_text.h"

#include <string.h>

#include "core/text/line_end.h"

static const char separators[] = ",;\t|";

static bool is_separator(char octet, char separator)
{
	if (separator != '\0')
		return octet == separator;
	return octet != '\0' && strchr(separators, octet) != NULL;
}

static enum csv_text_state next_state(enum csv_text_state state, char octet, char separator)
{
	if (octet == '"' && state == CSV_TEXT_STATE_QUOTED)
		return CSV_TEXT_STATE_CLOSED;
	if (state == CSV_TEXT_STATE_QUOTED)
		return CSV_TEXT_STATE_QUOTED;
	if (octet == '"' && state != CSV_TEXT_STATE_PLAIN)
		return CSV_TEXT_STATE_QUOTED;
	if (octet == ' ' && separator != ' ' && state == CSV_TEXT_STATE_START)
		return CSV_TEXT_STATE_START;
	return is_separator(octet, separator) ? CSV_TEXT_STATE_START : CSV_TEXT_STATE_PLAIN;
}

static void end_record(struct quote_file_window *window, size_t line_end,
	enum csv_text_state *state, struct quote_file_piece *ret_record)
{
	size_t end = window->position;
	window->position += line_end;
	*ret_record = quote_file_cut(window, end);
	*state = CSV_TEXT_STATE_START;
}

bool csv_text_next(struct quote_file_window *window, char separator, enum csv_text_state *state,
	struct quote_file_piece *ret_record)
{
	while (window->position < window->length) {
		const char *at = window->text + window->position;
		size_t end = line_end_length(at, window->length - window->position, window->at_end);
		if (end == 0 && *at == '\r')
			return false;
		window->lines += end > 0;
		if (end > 0 && *state != CSV_TEXT_STATE_QUOTED) {
			end_record(window, end, state, ret_record);
			return true;
		}
		*state = next_state(*state, *at, separator);
		window->position += end > 0 ? end : 1;
	}
	if (!window->at_end || window->start == window->length || *state == CSV_TEXT_STATE_QUOTED)
		return false;
	end_record(window, 0, state, ret_record);
	return true;
}

char csv_text_separator(const char *record, size_t length)
{
	size_t counts[sizeof separators - 1] = {0};
	size_t most = 0;
	enum csv_text_state state = CSV_TEXT_STATE_START;
	for (size_t i = 0; i < length; i++) {
		state = next_state(state, record[i], '\0');
		for (size_t j = 0; j < sizeof separators - 1 && state == CSV_TEXT_STATE_START; j++)
			counts[j] += record[i] == separators[j];
	}
	for (size_t j = 1; j < sizeof separators - 1; j++)
		if (counts[j] > counts[most])
			most = j;
	return separators[most];
}

bool csv_text_field(
	const char *record, size_t length, char separator, size_t *position, struct buffer *out)
{
	enum csv_text_state state = CSV_TEXT_STATE_START;
	size_t at = *position;
	if (at > length)
		return false;
	for (; at < length; at++) {
		enum csv_text_state before = state;
		state = next_state(state, record[at], separator);
		if (state == CSV_TEXT_STATE_START && is_separator(record[at], separator))
			break;
		bool is_double = before == CSV_TEXT_STATE_CLOSED && record[at] == '"';
		bool is_text = record[at] != '"' || is_double || state == CSV_TEXT_STATE_PLAIN;
		if (is_text && state != CSV_TEXT_STATE_START)
			buffer_append(out, record + at, 1);
	}
	*position = at + 1;
	return true;
}

bool csv_text_is_closed(const char *record, size_t length, char separator)
{
	enum csv_text_state state = CSV_TEXT_STATE_START;
	bool was_closed = false;
	for (size_t at = 0; at < length; at++) {
		state = next_state(state, record[at], separator);
		if (state != CSV_TEXT_STATE_PLAIN)
			was_closed = state == CSV_TEXT_STATE_CLOSED;
		else if (was_closed && record[at] != ' ')
			return false;
	}
	return true;
}
