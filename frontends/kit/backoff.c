#include "frontends/kit/backoff.h"

double backoff_next(struct backoff *backoff, struct rng *rng)
{
	double plain = backoff->next > 0 ? backoff->next : backoff->first;
	backoff->next = plain * 2 < backoff->last ? plain * 2 : backoff->last;
	return plain * (0.9 + 0.2 * rng_unit(rng));
}

void backoff_reset(struct backoff *backoff)
{
	backoff->next = 0;
}
