#include "frontends/web/about/security_txt.h"

#include <string.h>

enum { SECONDS_A_DAY = 86400 };

static const char *const schemes[] = {"mailto:", "https://", "tel:"};

static bool is_uri(const char *text)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789-._~:/?#[]@!$&'()*+,;=%";
	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		size_t length = strlen(schemes[i]);
		if (strncmp(text, schemes[i], length) == 0)
			return text[length] != '\0' && text[strspn(text, allowed)] == '\0';
	}
	return false;
}

bool security_txt_check(const char *text, struct error *reterr)
{
	if (is_uri(text))
		return true;
	error_set(reterr,
		"'%s' is not a contact; write one such as mailto:security@example.org, or an "
		"address that begins with https://",
		text);
	return false;
}

void security_txt_write(const char *contact, time_t now, struct buffer *out)
{
	char text[sizeof "-2147483648-01-01T00:00:00Z"];
	time_t expires = (now / SECONDS_A_DAY + SECURITY_TXT_DAYS) * SECONDS_A_DAY;
	struct tm parts = {0};
	gmtime_r(&expires, &parts);
	strftime(text, sizeof text, "%FT%TZ", &parts);
	buffer_format(out, "Contact: %s\nExpires: %s\n", contact, text);
}
