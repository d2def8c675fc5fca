#include "frontends/qotd/qotd_policy.h"

#include <stdlib.h>

#include "core/base/mem.h"

enum { FIRST_FREE_PORT = 1024, ROOM_MIN = 4 };

struct qotd_policy {
	struct limits *limits;
	uint16_t *ports;
	size_t port_count;
};

struct qotd_policy *qotd_policy_create(struct limits *limits)
{
	struct qotd_policy *policy = mem_alloc(sizeof *policy);
	policy->limits = limits;
	return policy;
}

void qotd_policy_add_port(struct qotd_policy *policy, uint16_t port)
{
	policy->ports = mem_resize(policy->ports, policy->port_count + 1, sizeof *policy->ports);
	policy->ports[policy->port_count++] = port;
}

void qotd_policy_clear_ports(struct qotd_policy *policy)
{
	policy->port_count = 0;
}

/* Services below 1024 such as echo, daytime and chargen would answer our answer. */
static bool could_loop(const struct qotd_policy *policy, uint16_t port)
{
	if (port < FIRST_FREE_PORT)
		return true;
	for (size_t i = 0; i < policy->port_count; i++) {
		if (policy->ports[i] == port)
			return true;
	}
	return false;
}

enum limits_reason qotd_policy_judge(
	struct qotd_policy *policy, const struct address *peer, double now)
{
	if (!could_loop(policy, address_port(peer)))
		return limits_take(policy->limits, peer, now);
	limits_refuse(policy->limits, LIMITS_REASON_PORT, peer);
	return LIMITS_REASON_PORT;
}

size_t qotd_policy_room(size_t max_bytes, bool no_amplification, size_t received)
{
	if (!no_amplification || received >= max_bytes)
		return max_bytes;
	if (received < ROOM_MIN)
		return 0;
	size_t power = ROOM_MIN;
	while (2 * power <= received)
		power *= 2;
	return power + power / 2 <= received ? power + power / 2 : power;
}

void qotd_policy_destroy(struct qotd_policy *policy)
{
	if (policy == NULL)
		return;
	free(policy->ports);
	free(policy);
}
