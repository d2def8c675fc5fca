/** "static:TEXT": the text is the quote, in UTF-8 or else in ISO 8859-1. */
#ifndef QUOTED_CORE_SOURCES_STATIC_SOURCE_H
#define QUOTED_CORE_SOURCES_STATIC_SOURCE_H

#include "core/sources/source.h"

extern const struct source_ops static_source_ops;

#endif
