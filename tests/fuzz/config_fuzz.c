/* links: quoted_config */
#include <stdint.h>

#include "config/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct config_schema schemas[] = {
		{"irc", daemon_options_settings, sizeof(struct daemon_options)},
		{NULL, NULL, 0},
	};
	struct config config;
	struct error error;
	if (config_parse("x", (const char *)data, size, schemas, &config, &error))
		config_finish(&config);
	return 0;
}
