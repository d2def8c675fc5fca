/** The files under assets/, and docs/openapi.yaml, built into the program. */
#ifndef QUOTED_FRONTENDS_WEB_ASSETS_H
#define QUOTED_FRONTENDS_WEB_ASSETS_H

#include <stddef.h>

/** The style sheet without comments and unneeded blanks; does not end in NUL. */
extern const char assets_style[];
extern const size_t assets_style_length;

/** Its SHA-256 in base64, for Content-Security-Policy. */
extern const char assets_style_hash[];

/** The script, in the same way. */
extern const char assets_script[];
extern const size_t assets_script_length;
extern const char assets_script_hash[];

/** The icon; does not end in NUL. */
extern const char assets_icon[];
extern const size_t assets_icon_length;

/** The same drawn: as an ICO file with a PNG of 32 pixels, and as a PNG of 180 without corners. */
extern const unsigned char assets_favicon[];
extern const size_t assets_favicon_length;
extern const unsigned char assets_touch_icon[];
extern const size_t assets_touch_icon_length;

/** The description of the API, JSON; does not end in NUL. */
extern const char assets_openapi[];
extern const size_t assets_openapi_length;

/** The same as HTML, for the page that shows it; does not end in NUL. */
extern const char assets_api[];
extern const size_t assets_api_length;

#endif
