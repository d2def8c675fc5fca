/* links: quoted_http */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/utf8.h"
#include "frontends/http/request_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[REQUEST_PATH_SIZE];
	bool improper;
	char *text = mem_strndup((const char *)data, size);
	if (request_check_target(text, 2048, path, &improper) == REQUEST_FAULT_NONE &&
		path[0] != '\0' && path[0] != '/' && strcmp(path, "*") != 0)
		abort();
	if (improper) {
		char *location = request_path_location(text);
		if (location[0] != '.' || !utf8_is_ascii(location, strlen(location)))
			abort();
		free(location);
	}
	free(text);
	const char *octets = (const char *)data;
	size_t half = size / 2;
	struct request_check check = {0};
	request_check_field(&check, octets, half, octets + half, size - half);
	request_check_field(&check, "Host", 4, octets, size);
	request_check_field(&check, "Content-Length", 14, octets, size);
	request_check_field(&check, "Transfer-Encoding", 17, octets, size);
	request_check_end(&check, true, 100);
	return 0;
}
