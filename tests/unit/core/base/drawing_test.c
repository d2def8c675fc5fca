#include "core/base/drawing.h"

#include <string.h>

#include <criterion/criterion.h>

static const char *const drawn[] = {
	" /\\_/\\\n( o.o )\n > ^ <",
	"      .-~~~-.\n    /        }\n   |      .-~\n    \\     }\n     ~---~",
	"one        1\ntwo        2\nthree      3",
};

static const char *const written[] = {
	"one line /\\/\\/\\/\\",
	"Roses are red,\n  Violets are blue,\n    Sugar is sweet.",
	"Q:      Why?\nA:      Because.",
	"Wait... what?!\n(Yes.)\n\"No!\"",
	"\xe7\x9f\xa5\xe8\x80\x85\n\xe4\xb8\x8d\xe8\xa8\x80\n\xe8\xa8\x80\xe8\x80\x85",
	"",
};

Test(drawing, tells_drawings_from_writing)
{
	for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++)
		cr_assert(drawing_is(drawn[i], strlen(drawn[i])), "%s", drawn[i]);
	for (size_t i = 0; i < sizeof written / sizeof written[0]; i++)
		cr_assert_not(drawing_is(written[i], strlen(written[i])), "%s", written[i]);
}
