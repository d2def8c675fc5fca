/** A temporary directory for a test that needs files. */
#ifndef QUOTED_TESTS_SUPPORT_SCRATCH_H
#define QUOTED_TESTS_SUPPORT_SCRATCH_H

#include <stddef.h>

/** Creates an empty directory and makes it the current one; for .init of a test. */
void scratch_enter(void);

/** Writes a file with \p length octets of \p data into the current directory. */
void scratch_write(const char *name, const void *data, size_t length);

/** Removes that directory and everything in it; for .fini of a test. */
void scratch_leave(void);

#endif
