/** The settings that the sections of all front ends have: which quotes to show. */
#ifndef QUOTED_FRONTENDS_WIRE_OPTIONS_H
#define QUOTED_FRONTENDS_WIRE_OPTIONS_H

#include <stdbool.h>

#include "config/setting.h"
#include "core/base/strings.h"

/** The first member of every front end's options struct. */
struct wire_options {
	struct strings collections; /* or files of them to show; empty: all that are not private */
	bool no_repeat;             /* show every quote before repeating one */
};

/** Their rows, which begin every front end's table of settings. */
#define WIRE_OPTIONS_ROWS                                                                          \
	{.name = "collections",                                                                    \
		.type = SETTING_TYPE_STRINGS,                                                      \
		.offset = offsetof(struct wire_options, collections),                              \
		.fallback = "{}",                                                                  \
		.help = "Show only these collections, or files of them; {}: all that are not "     \
			"private"},                                                                \
	{                                                                                          \
		.name = "no_repeat", .type = SETTING_TYPE_BOOLEAN,                                 \
		.offset = offsetof(struct wire_options, no_repeat), .fallback = "false",           \
		.help = "Show every quote before repeating one; a reload starts a new round"       \
	}

#endif
