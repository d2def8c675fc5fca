#include "frontends/qotd/qotd_policy.h"

enum { FIRST_FREE_PORT = 1024, ROOM_MIN = 4 };

/* Services below 1024 such as echo, daytime and chargen would answer our answer, as we would. */
enum limits_reason qotd_policy_judge(
	struct limits *limits, const struct address *peer, bool is_ours, double now)
{
	if (address_port(peer) >= FIRST_FREE_PORT && !is_ours)
		return limits_take(limits, peer, now);
	limits_refuse(limits, LIMITS_REASON_PORT, peer);
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
