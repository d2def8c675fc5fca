/** What the section of every front end says of the quotes it shows. */
#ifndef QUOTED_FRONTENDS_WIRE_OPTIONS_H
#define QUOTED_FRONTENDS_WIRE_OPTIONS_H

#include <stdbool.h>

#include "config/setting.h"
#include "core/base/strings.h"

/** The first member of every front end's own options. */
struct wire_options {
	struct strings collections; /* shown here; empty: all that are not private */
	bool no_repeat;
};

/** Their rows, the first of every front end's. */
#define WIRE_OPTIONS_ROWS                                                                          \
	{"collections", SETTING_TYPE_STRINGS, offsetof(struct wire_options, collections), "{}", 0, \
		0,                                                                                 \
		"Collections, or files of them, that are shown here; {}: all that are not "        \
		"private",                                                                         \
		NULL},                                                                             \
	{                                                                                          \
		"no_repeat", SETTING_TYPE_BOOLEAN, offsetof(struct wire_options, no_repeat),       \
			"false", 0, 0,                                                             \
			"Pick a quote again only after all others were shown; a reload begins "    \
			"again",                                                                   \
			NULL                                                                       \
	}

#endif
