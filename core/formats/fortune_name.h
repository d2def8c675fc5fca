/** Tells from the name of a file that it does not hold quotes. Pure. */
#ifndef QUOTED_CORE_FORMATS_FORTUNE_NAME_H
#define QUOTED_CORE_FORMATS_FORTUNE_NAME_H

#include <stdbool.h>

/** Returns whether a file called \p name belongs to another file, or is hidden: ".*", "*.dat",
 * "*.pos", "*.u8". */
bool fortune_name_is_companion(const char *name);

/** Returns what a file called \p name is instead of quotes, such as "a picture, by its name";
 * static, or NULL if the name does not say. */
const char *fortune_name_other(const char *name);

#endif
