#include "frontends/irc/connection/irc_scram.h"

#include <criterion/criterion.h>
#include <string.h>

/* The example of RFC 7677, section 3. */
static const char nonce[] = "rOprNGfwEbeRWgbNEkqO";
static const char challenge[] = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
				"s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
static const char proof[] = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
			    "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
static const char signature[] = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

static const char *work(struct irc_scram *scram)
{
	const char *final;
	while ((final = irc_scram_work(scram)) == NULL)
		continue;
	return final;
}

Test(irc_scram, follows_the_example_of_the_rfc)
{
	struct error error = {0};
	struct irc_scram *scram = irc_scram_create("user", "pencil", nonce);
	cr_assert_str_eq(irc_scram_first(scram), "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
	cr_assert_null(irc_scram_work(scram));
	cr_assert(irc_scram_challenge(scram, challenge, &error), "%s", error.text);
	cr_assert_null(irc_scram_work(scram), "not all iterations in one turn of the loop");
	cr_assert_str_eq(work(scram), proof);
	cr_assert(irc_scram_verify(scram, signature, &error), "%s", error.text);
	irc_scram_destroy(scram);
}

Test(irc_scram, escapes_the_name)
{
	struct irc_scram *scram = irc_scram_create("a,b=c", "p", "N");
	cr_assert_str_eq(irc_scram_first(scram), "n,,n=a=2Cb=3Dc,r=N");
	irc_scram_destroy(scram);
}

Test(irc_scram, each_nonce_is_new)
{
	struct irc_scram *one = irc_scram_create("a", "p", NULL);
	struct irc_scram *two = irc_scram_create("a", "p", NULL);
	cr_assert_str_neq(irc_scram_first(one), irc_scram_first(two));
	cr_assert_null(strchr(strstr(irc_scram_first(one), "r="), ','));
	irc_scram_destroy(one);
	irc_scram_destroy(two);
}

Test(irc_scram, refuses_wrong_challenges)
{
	static const struct {
		const char *text, *reason;
	} rows[] = {
		{"", "malformed"},
		{"r=Nx,s=AAAA", "malformed"},
		{"s=AAAA,r=Nx,i=4096", "malformed"},
		{"m=x,r=Nx,s=AAAA,i=4096", "malformed"},
		{"r=Nx,s=,i=4096", "malformed"},
		{"r=Nx,s=AA,i=4096", "malformed"},
		{"r=N,s=AAAA,i=4096", "nonce"},
		{"r=xN,s=AAAA,i=4096", "nonce"},
		{"r=Nx,s=AAAA,i=4095", "iterations"},
		{"r=Nx,s=AAAA,i=1000001", "iterations"},
		{"r=Nx,s=AAAA,i=99999999999", "iterations"},
		{"r=Nx,s=AAAA,i=-5000", "iterations"},
		{"r=Nx,s=AAAA,i=", "iterations"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error error = {0};
		struct irc_scram *scram = irc_scram_create("a", "p", "N");
		cr_expect_not(irc_scram_challenge(scram, rows[i].text, &error), "row %zu", i);
		cr_expect_not_null(
			strstr(error.text, rows[i].reason), "row %zu: %s", i, error.text);
		cr_expect_null(irc_scram_work(scram));
		irc_scram_destroy(scram);
	}
}

Test(irc_scram, believes_only_the_right_signature)
{
	static const char *const rows[] = {"v=", "",
		"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G8=", "v=AAAA", "x", "e=invalid-proof"};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct error error = {0};
		struct irc_scram *scram = irc_scram_create("user", "pencil", nonce);
		cr_assert_not(irc_scram_verify(scram, signature, &error), "before the proof");
		cr_assert(irc_scram_challenge(scram, challenge, &error));
		cr_assert_not(irc_scram_challenge(scram, challenge, &error), "only one");
		work(scram);
		cr_expect_not(irc_scram_verify(scram, rows[i], &error), "row %zu", i);
		cr_expect_str_eq(error.text,
			rows[i][0] == 'e' ? "invalid-proof"
					  : "it did not prove that it knows the password");
		irc_scram_destroy(scram);
	}
}
