#include "frontends/shell/shell.h"

int shell_run(const struct shell_options *options, struct quoter *quoter,
	const struct strings *warnings, struct output *out, struct error *reterr)
{
	reterr->text[0] = '\0';
	switch (options->command) {
	case SHELL_COMMAND_QUOTE:
		return shell_quote(options, quoter, out, reterr);
	case SHELL_COMMAND_LIST:
		return shell_list(options, quoter, out, reterr);
	case SHELL_COMMAND_CHECK:
		return shell_check(options, quoter, warnings, out);
	case SHELL_COMMAND_GET:
	case SHELL_COMMAND_DELIVER:
	case SHELL_COMMAND_QUEUE:
	case SHELL_COMMAND_SUBSCRIBERS:
		break;
	}
	return 0;
}
