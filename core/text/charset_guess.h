/** Guesses the charset of a file that is not UTF-8. */
#ifndef QUOTED_CORE_TEXT_CHARSET_GUESS_H
#define QUOTED_CORE_TEXT_CHARSET_GUESS_H

/**
 * Returns the charset that \p path hints at if the whole file, open as \p fd, is valid in it, but
 * for lines in UTF-8; else "CP1252" if it is valid in that and has octets that are controls in
 * ISO 8859-1; else "ISO-8859-1", in which any file is. A hint is part of a name, as in "eo-iso3",
 * "koi8-r", "cp1251" or "latin2", or a directory named after a language, as in "cs/". Moves the
 * position of \p fd. The string is static.
 */
const char *charset_guess(const char *path, int fd);

#endif
