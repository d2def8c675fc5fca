#include "core/base/hash.h"

#include <criterion/criterion.h>

/* On any machine: the quote of the day depends on it. */
Test(hash, mixes_the_same_on_machines_of_either_byte_order)
{
	static const unsigned char value[] = {8, 7, 6, 5, 4, 3, 2, 1};
	cr_assert_eq(hash_mix(0x0102030405060708, 9), hash_octets(value, sizeof value, 9));
	cr_assert_eq(hash_octets("", 0, 0), 0x2D06800538D394C2);
}
