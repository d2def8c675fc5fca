/** Reads passwords and keys from files of their own. */
#ifndef QUOTED_FRONTENDS_KIT_SECRET_H
#define QUOTED_FRONTENDS_KIT_SECRET_H

#include <stdbool.h>

#include "core/base/error.h"

/** Octets of a secret at the most. */
enum { SECRET_MAX = 4096 };

/**
 * Reads the secret in the file \p name, without the end of its line: a path, or a name without a
 * slash in the directory $CREDENTIALS_DIRECTORY, which a service manager sets (systemd.exec(5),
 * LoadCredential=). Returns it, the caller's to free; NULL if it cannot be read, others may read
 * it, or it is not a single line of at most SECRET_MAX octets.
 */
char *secret_read(const char *name, struct error *reterr);

/** Returns the path of the file \p name, found as by secret_read(), the caller's to free; for keys,
 * which a library reads. NULL if it cannot be opened or others may read it. */
char *secret_find(const char *name, struct error *reterr);

#endif
