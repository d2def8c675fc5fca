/** "static:TEXT": the text is the quote, in UTF-8 or else in ISO 8859-1. */
#ifndef QUOTED_CORE_SOURCES_STATIC_SOURCE_H
#define QUOTED_CORE_SOURCES_STATIC_SOURCE_H

#include "core/sources/source.h"

/** As source_load. */
bool static_source_load(const char *name, struct loader *loader, struct error *reterr);

#endif
