/** Memory allocation. If it fails, the program aborts here, so that callers need not check. */
#ifndef QUOTED_CORE_BASE_MEM_H
#define QUOTED_CORE_BASE_MEM_H

#include <stddef.h>

/** Returns \p block, which a library allocated; aborts with a message if it is NULL. */
void *mem_check(void *block);

/** Returns \p size zeroed octets, the caller's to free(); aborts with a message if there is no
 * memory. */
void *mem_alloc(size_t size);

/** Resizes \p block (NULL: allocates one) to \p count items of \p size octets; added octets are not
 * zeroed. Aborts with a message if there is no memory or the product overflows. */
void *mem_resize(void *block, size_t count, size_t size);

/** Makes room in \p block (NULL: allocates one) for one more item of \p size octets behind
 * \p count. Doubles it whenever \p count is a power of two, so each item must be added this way. */
void *mem_grow(void *block, size_t count, size_t size);

/** Returns a copy of the string \p text, the caller's to free(). */
char *mem_strdup(const char *text);

/** Returns a NUL-terminated copy of \p length octets at \p text, the caller's to free(). */
char *mem_strndup(const char *text, size_t length);

/** Returns what printf would print, the caller's to free(). */
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
