#include "frontends/mail/mail_crowd.h"

#include <criterion/criterion.h>
#include <netinet/in.h>

enum { PLACES_MAX = 6 };

/* A session of 192.0.NETWORK.0/24. */
struct row {
	int network; /* 0: there are no more */
	double idle;
	bool busy;
};

static struct prefix prefix_of(int network)
{
	struct address address = {.length = sizeof(struct sockaddr_in)};
	struct sockaddr_in *in = (struct sockaddr_in *)&address.storage;
	in->sin_family = AF_INET;
	in->sin_addr.s_addr = htonl(0xc0000000u + ((unsigned)network << 8));
	return address_prefix(&address);
}

Test(mail_crowd, keeps_a_place_for_others)
{
	static const struct {
		struct row rows[PLACES_MAX]; /* the last is new */
		int chosen;                  /* -1: none */
	} cases[] = {
		/* The idlest of the prefix that has the most goes first. */
		{{{1, 10, false}, {1, 20, false}, {1, 5, false}, {2, 0, false}}, 1},
		{{{2, 90, false}, {1, 10, false}, {1, 20, false}, {3, 0, false}}, 2},
		{{{1, 1, false}, {1, 0.5, false}, {2, 0, false}}, 0},
		/* A transaction is not cut off. */
		{{{1, 90, true}, {1, 1, false}, {2, 0, false}}, 1},
		{{{1, 90, true}, {1, 90, true}, {2, 0, false}}, -1},
		/* One more of the same prefix takes the place of an idle one, or gets none. */
		{{{1, 10, false}, {1, 20, false}, {1, 0, false}}, 1},
		{{{1, 1, false}, {1, 2, false}, {1, 0, false}}, 2},
		{{{1, 90, true}, {1, 90, true}, {1, 0, false}}, 2},
		/* Clients of one session each: only idle ones give way. */
		{{{1, 1, false}, {2, 2, false}, {3, 0, false}}, -1},
		{{{1, 10, false}, {2, 20, false}, {3, 0, false}}, 1},
		{{{1, 0, false}}, -1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct mail_crowd_place places[PLACES_MAX] = {0};
		const struct row *rows = cases[i].rows;
		size_t count = 0;
		for (; count < PLACES_MAX && rows[count].network != 0; count++)
			places[count] = (struct mail_crowd_place){(void *)&rows[count],
				prefix_of(rows[count].network), rows[count].idle, rows[count].busy};
		const struct row *chosen = mail_crowd_choose(places, count);
		cr_expect_eq(
			chosen == NULL ? -1 : (int)(chosen - rows), cases[i].chosen, "case %zu", i);
	}
}
