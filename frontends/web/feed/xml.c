#include "frontends/web/feed/xml.h"

#include <string.h>

void xml_mend(struct buffer *text)
{
	for (size_t i = 0; i < text->length; i++) {
		unsigned char octet = (unsigned char)text->data[i];
		if (octet < ' ' && strchr("\t\n\r", octet) == NULL)
			text->data[i] = ' ';
		/* The text ends in a NUL, so that what follows may be read. */
		if (octet == 0xEF && strncmp(text->data + i, "\xEF\xBF\xBE", 3) == 0)
			text->data[i + 2] = '\xBD';
		if (octet == 0xEF && strncmp(text->data + i, "\xEF\xBF\xBF", 3) == 0)
			text->data[i + 2] = '\xBD';
	}
}
