/** The tables of a customer, and their versions. */
#ifndef QUOTED_FRONTENDS_STORE_STORE_SCHEMA_H
#define QUOTED_FRONTENDS_STORE_STORE_SCHEMA_H

#include <stdbool.h>

#include "core/base/error.h"
#include "frontends/store/db.h"

/** The tables of one customer. Version n is reached by the first n upgrades, each SQL of several
 * statements; one that was released is never changed. */
struct store_schema {
	const char *name;            /* "mail" */
	const char *const *upgrades; /* ends with NULL */
};

/**
 * Brings the tables of \p schema in \p db up to date, in one transaction. If they have an older
 * version, first copies its file to PATH.before-NAME-VERSION. Returns false, with the tables as
 * they were, if that fails or if they are of a newer version.
 */
bool store_schema_upgrade(const struct store_schema *schema, struct db *db, struct error *reterr);

#endif
