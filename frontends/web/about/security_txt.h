/** Says whom to tell of security problems: RFC 9116. Pure. */
#ifndef QUOTED_FRONTENDS_WEB_ABOUT_SECURITY_TXT_H
#define QUOTED_FRONTENDS_WEB_ABOUT_SECURITY_TXT_H

#include <stdbool.h>
#include <time.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/** Days after which the file counts as outdated. They begin anew each day, as the file is made from
 * the running configuration. */
enum { SECURITY_TXT_DAYS = 30 };

/** Checks a contact (section 2.5.3): a URI that begins with "mailto:", "https://" or "tel:". */
bool security_txt_check(const char *text, struct error *reterr);

/** Appends the file with \p contact; the same all day (UTC). */
void security_txt_write(const char *contact, time_t now, struct buffer *out);

#endif
