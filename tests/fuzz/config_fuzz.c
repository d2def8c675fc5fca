/* links: quoted_config */
#include <stdint.h>

#include "config/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Includes are not followed: they would read the files of the machine. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config_tree tree;
	struct strings problems = {0};
	config_tree_read("x", (const char *)data, size, &tree, &problems);
	config_tree_finish(&tree);
	strings_finish(&problems);
	return 0;
}
