/** The files under assets/, built into the program. */
#ifndef QUOTED_FRONTENDS_WEB_ASSETS_H
#define QUOTED_FRONTENDS_WEB_ASSETS_H

#include <stddef.h>

/** The style sheet, without comments and needless blanks; no NUL at its end. */
extern const char assets_style[];
extern const size_t assets_style_length;

/** Its SHA-256 in base64, as Content-Security-Policy names it. */
extern const char assets_style_hash[];

/** The icon; no NUL at its end. */
extern const char assets_icon[];
extern const size_t assets_icon_length;

#endif
