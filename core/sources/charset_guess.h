/** The charset of a file that is not UTF-8. */
#ifndef QUOTED_CORE_SOURCES_CHARSET_GUESS_H
#define QUOTED_CORE_SOURCES_CHARSET_GUESS_H

/**
 * Returns the charset that the path speaks of where all of the file, open as \p fd, is something in
 * it; else "ISO-8859-1", in which everything is. A path speaks by a name such as "eo-iso3",
 * "koi8-r", "cp1251" or "latin2", or by the language that a directory is named after. Moves the
 * position of \p fd. Static.
 */
const char *charset_guess(const char *path, int fd);

#endif
