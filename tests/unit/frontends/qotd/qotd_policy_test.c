#include "frontends/qotd/qotd_policy.h"

#include <criterion/criterion.h>

#include "core/base/mem.h"

static struct address address_of(const char *text)
{
	struct address addresses[2];
	size_t count;
	struct error error;
	cr_assert(address_parse(text, addresses, &count, &error), "%s", error.text);
	return addresses[0];
}

static struct limits *create(bool limit_loopback)
{
	return limits_create(&(struct limits_options){
		.one = {"udp_prefix_per_second", 1, 2, 1},
		.all = {"udp_global_per_second", 2, 5, 2},
		.keys = LIMITS_PREFIXES,
		.limit_loopback = limit_loopback,
		.seed = 1,
	});
}

Test(qotd_policy, judges_by_source_port)
{
	static const struct {
		const char *peer;
		bool is_ours;
		enum limits_reason verdict;
	} rows[] = {
		{"192.0.2.1:0", false, LIMITS_REASON_PORT},
		{"192.0.2.1:7", false, LIMITS_REASON_PORT},
		{"192.0.2.1:9", false, LIMITS_REASON_PORT},
		{"192.0.2.1:13", false, LIMITS_REASON_PORT},
		{"192.0.2.1:17", false, LIMITS_REASON_PORT},
		{"192.0.2.1:19", false, LIMITS_REASON_PORT},
		{"192.0.2.1:37", false, LIMITS_REASON_PORT},
		{"192.0.2.1:1023", false, LIMITS_REASON_PORT},
		{"192.0.2.1:1717", true, LIMITS_REASON_PORT},
		{"127.0.0.1:17", false, LIMITS_REASON_PORT},
		{"127.0.0.1:4017", true, LIMITS_REASON_PORT},
		{"[2001:db8::1]:19", false, LIMITS_REASON_PORT},
		{"[::1]:1717", true, LIMITS_REASON_PORT},
		{"192.0.2.1:1024", false, LIMITS_REASON_NONE},
		{"192.0.2.1:1718", false, LIMITS_REASON_NONE},
		{"[2001:db8::1]:65535", false, LIMITS_REASON_NONE},
		{"127.0.0.1:1024", false, LIMITS_REASON_NONE},
		{"127.0.0.1:1717", false, LIMITS_REASON_NONE},
	};
	struct limits *limits = create(false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct address peer = address_of(rows[i].peer);
		cr_assert_eq(qotd_policy_judge(limits, &peer, rows[i].is_ours, 0), rows[i].verdict,
			"%s", rows[i].peer);
	}
	limits_destroy(limits);
}

Test(qotd_policy, keeps_to_the_budgets)
{
	static const struct {
		const char *peer;
		double now;
		enum limits_reason verdict;
	} rows[] = {
		{"192.0.2.1:5000", 0, LIMITS_REASON_NONE},
		{"192.0.2.9:5000", 0, LIMITS_REASON_NONE},
		{"192.0.2.200:5000", 0, LIMITS_REASON_ONE},
		{"192.0.3.1:5000", 0, LIMITS_REASON_NONE},
		{"[2001:db8:0:1200::1]:5000", 0, LIMITS_REASON_NONE},
		{"[2001:db8:0:12ff::1]:5000", 0, LIMITS_REASON_NONE},
		{"[2001:db8:0:1234::1]:5000", 0, LIMITS_REASON_ONE},
		{"[2001:db8:0:1300::1]:5000", 0, LIMITS_REASON_ALL},
		{"198.51.100.1:5000", 0, LIMITS_REASON_ALL},
		{"127.0.0.1:5000", 0, LIMITS_REASON_NONE},
		{"[::1]:5000", 0, LIMITS_REASON_NONE},
		{"192.0.2.1:5000", 1, LIMITS_REASON_NONE},
		{"192.0.2.1:5000", 1, LIMITS_REASON_ONE},
		{"203.0.113.1:5000", 1, LIMITS_REASON_NONE},
		{"203.0.113.1:5000", 1, LIMITS_REASON_ALL},
	};
	struct limits *limits = create(false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct address peer = address_of(rows[i].peer);
		cr_assert_eq(qotd_policy_judge(limits, &peer, false, rows[i].now), rows[i].verdict,
			"row %zu: %s", i, rows[i].peer);
	}
	limits_destroy(limits);
}

Test(qotd_policy, can_count_loopback_too)
{
	struct limits *limits = create(true);
	struct address peer = address_of("127.0.0.1:5000");
	cr_assert_eq(qotd_policy_judge(limits, &peer, false, 0), LIMITS_REASON_NONE);
	cr_assert_eq(qotd_policy_judge(limits, &peer, false, 0), LIMITS_REASON_NONE);
	cr_assert_eq(qotd_policy_judge(limits, &peer, false, 0), LIMITS_REASON_ONE);
	limits_destroy(limits);
}

Test(qotd_policy, gives_room_for_an_answer)
{
	static const struct {
		bool no_amplification;
		size_t received;
		size_t room;
	} rows[] = {
		{false, 0, 511},
		{false, 1, 511},
		{false, 65507, 511},
		{true, 0, 0},
		{true, 3, 0},
		{true, 4, 4},
		{true, 15, 12},
		{true, 16, 16},
		{true, 31, 24},
		{true, 255, 192},
		{true, 510, 384},
		{true, 511, 511},
		{true, 65507, 511},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_assert_eq(qotd_policy_room(511, rows[i].no_amplification, rows[i].received),
			rows[i].room, "row %zu", i);
}
