#include "frontends/frontend.h"

bool frontend_add_wire(const struct frontend_ops *ops, const char *name, const void *options,
	struct quoter *quoter, unsigned *ret_wire, struct error *reterr)
{
	const struct wire_options *of_wire = options;
	struct quote_wire wire = {
		.name = name,
		.collections = &of_wire->collections,
		.no_repeat = of_wire->no_repeat,
		.fit = ops->fit(options),
	};
	return quoter_add_wire(quoter, &wire, ret_wire, reterr);
}
