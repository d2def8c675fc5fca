/* links: quoted_mail */
#include <stdint.h>
#include <stdlib.h>

#include "core/base/mem.h"
#include "frontends/mail/html_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *html = mem_strndup((const char *)data, size);
	struct buffer out = {0};
	html_text_read(html, &out);
	buffer_finish(&out);
	free(html);
	return 0;
}
