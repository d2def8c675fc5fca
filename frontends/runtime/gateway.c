#include "frontends/runtime/gateway.h"

#include <stdlib.h>

#include <ev.h>

#include "core/base/mem.h"
#include "frontends/keeper/librarian.h"
#include "frontends/kit/log.h"
#include "frontends/runtime/signals.h"

struct gateway {
	struct ev_loop *loop;
	struct quoter *quoter;
	struct librarian *librarian;
	struct supervisor *supervisor;
	struct signals signals;
};

static bool build(struct gateway *gateway, struct rng *rng, struct error *reterr)
{
	/* Not libev's default loop: that one waits for every child, so that nobody who started one
	 * on a thread could learn how it ended. */
	gateway->loop = ev_loop_new(EVBACKEND_EPOLL | EVFLAG_NOENV);
	if (gateway->loop == NULL) {
		error_set(reterr, "the system gives no epoll descriptor");
		return false;
	}
	gateway->librarian = librarian_create(gateway->loop, gateway->quoter, rng, reterr);
	if (gateway->librarian == NULL)
		return false;
	gateway->supervisor =
		supervisor_create(gateway->loop, gateway->quoter, gateway->librarian, rng);
	return true;
}

struct gateway *gateway_create(struct quoter *quoter, struct rng *rng, struct error *reterr)
{
	struct gateway *gateway = mem_alloc(sizeof *gateway);
	gateway->quoter = quoter;
	if (build(gateway, rng, reterr))
		return gateway;
	gateway_destroy(gateway);
	return NULL;
}

struct supervisor *gateway_supervisor(struct gateway *gateway)
{
	return gateway->supervisor;
}

void gateway_start(struct gateway *gateway, double drain_timeout)
{
	gateway->signals = (struct signals){
		.supervisor = gateway->supervisor,
		.librarian = gateway->librarian,
		.drain_timeout = drain_timeout,
	};
	signals_start(&gateway->signals, gateway->loop);
	supervisor_start(gateway->supervisor);
	librarian_start(gateway->librarian);
	log_info("quoted", "ready");
}

void gateway_run(struct gateway *gateway, void (*leave)(int number))
{
	ev_run(gateway->loop, 0);
	signals_stop(leave);
}

void gateway_destroy(struct gateway *gateway)
{
	if (gateway == NULL)
		return;
	supervisor_destroy(gateway->supervisor);
	librarian_destroy(gateway->librarian);
	if (gateway->loop != NULL)
		ev_loop_destroy(gateway->loop);
	free(gateway);
}
