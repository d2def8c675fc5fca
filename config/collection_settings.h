/** The section collection "name" { ... } of quoted.conf. */
#ifndef QUOTED_CONFIG_COLLECTION_SETTINGS_H
#define QUOTED_CONFIG_COLLECTION_SETTINGS_H

#include "config/setting.h"
#include "core/library/collection.h"

/** Its name as the configuration has it. */
#define COLLECTION_SETTINGS_NAME "collection"

/** The rows of struct collection; its name is the title of the section. */
extern const struct setting collection_settings[];

#endif
