#include "core/library/format.h"

static const struct {
	const char *name, *title;
} formats[FORMAT_COUNT] = {
	[FORMAT_FORTUNE] = {"fortune", "a fortune file"},
	[FORMAT_LINES] = {"lines", "one quote a line"},
	[FORMAT_JSON] = {"json", "JSON"},
	[FORMAT_CSV] = {"csv", "CSV"},
};

const char *format_name(enum format format)
{
	return formats[format].name;
}

const char *format_title(enum format format)
{
	return formats[format].title;
}
