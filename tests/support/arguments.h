/** Command lines for tests of code that parses them. */
#ifndef QUOTED_TESTS_SUPPORT_ARGUMENTS_H
#define QUOTED_TESTS_SUPPORT_ARGUMENTS_H

enum { ARGUMENTS_MAX = 16 };

/** Splits \p line, at most 255 octets, at blanks into \p ret_argv, after the name of the program
 * and with NULL at the end. Returns their number; they are valid until the next call. */
int arguments_split(const char *line, char *ret_argv[ARGUMENTS_MAX + 1]);

#endif
