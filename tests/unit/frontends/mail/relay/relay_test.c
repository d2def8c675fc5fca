#include "frontends/mail/relay/relay.h"

#include <string.h>

#include <criterion/criterion.h>

Test(relay, outcomes)
{
	static const struct {
		int sender;
		int recipient;
		int message;
		enum relay_outcome outcome;
	} rows[] = {
		{250, 250, 250, RELAY_OUTCOME_TAKEN},
		{553, 0, 0, RELAY_OUTCOME_PERMANENT},
		{451, 0, 0, RELAY_OUTCOME_TEMPORARY},
		{504, 0, 0, RELAY_OUTCOME_TEMPORARY},
		{250, 504, 0, RELAY_OUTCOME_TEMPORARY},
		{250, 251, 250, RELAY_OUTCOME_TAKEN},
		{250, 550, 0, RELAY_OUTCOME_PERMANENT},
		{250, 250, 554, RELAY_OUTCOME_PERMANENT},
		{250, 450, 0, RELAY_OUTCOME_TEMPORARY},
		{250, 450, 554, RELAY_OUTCOME_TEMPORARY},
		{250, 250, 451, RELAY_OUTCOME_TEMPORARY},
		{250, 250, 354, RELAY_OUTCOME_UNKNOWN},
		{250, 250, 0, RELAY_OUTCOME_TEMPORARY},
		{250, 0, 0, RELAY_OUTCOME_TEMPORARY},
		{0, 0, 0, RELAY_OUTCOME_TEMPORARY},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		cr_assert_eq(relay_outcome(rows[i].sender, rows[i].recipient, rows[i].message),
			rows[i].outcome, "%d %d %d", rows[i].sender, rows[i].recipient,
			rows[i].message);
	}
}
