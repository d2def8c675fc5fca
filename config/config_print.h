/** Writes a configuration as quoted.conf would have it. */
#ifndef QUOTED_CONFIG_CONFIG_PRINT_H
#define QUOTED_CONFIG_CONFIG_PRINT_H

#include "config/config.h"
#include "core/base/buffer.h"

/** Appends every setting of \p config with its value. There are no secrets among them: those are in
 * files of their own. */
void config_print(const struct config *config, struct buffer *text);

#endif
