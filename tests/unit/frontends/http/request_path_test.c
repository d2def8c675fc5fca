#include "frontends/http/request_path.h"

#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

Test(request_path, decodes)
{
	static const struct {
		const char *raw;
		const char *path; /* NULL: it cannot be decoded */
		bool improper;
	} rows[] = {
		{"/", "/", false},
		{"/today", "/today", false},
		{"/%74oday", "/today", true},
		{"/tod%61y.txt", "/today.txt", true},
		{"/today/", "/today", true},
		{"/today//", "/today", true},
		{"//", "/", true},
		{"/author/Ren%C3%A9%20Char", "/author/Ren\xc3\xa9 Char", false},
		{"/author/Ren\xc3\xa9", "/author/Ren\xc3\xa9", false},
		{"/author/AC%2fDC", "/author/AC/DC", false},
		{"/a!b'c(d)*", "/a!b'c(d)*", false},
		{"/a%21", "/a!", false},
		{"/%7E", "/~", true},
		{"/%", NULL, false},
		{"/%4", NULL, false},
		{"/%4g", NULL, false},
		{"/%00", NULL, false},
		{"/%0a", NULL, false},
		{"/%7f", NULL, false},
		{"/%ff", NULL, false},
		{"/%c3", NULL, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char path[REQUEST_PATH_SIZE];
		bool improper;
		bool decoded =
			request_path_decode(rows[i].raw, strlen(rows[i].raw), path, &improper);
		cr_assert_eq(decoded, rows[i].path != NULL, "%s", rows[i].raw);
		if (!decoded)
			continue;
		cr_assert_str_eq(path, rows[i].path);
		cr_assert_eq(improper, rows[i].improper, "%s", rows[i].raw);
	}
}

Test(request_path, has_a_limit)
{
	char raw[REQUEST_PATH_SIZE + 1];
	char path[REQUEST_PATH_SIZE];
	bool improper;
	memset(raw, 'a', sizeof raw);
	raw[0] = '/';
	cr_assert(request_path_decode(raw, REQUEST_PATH_SIZE - 1, path, &improper));
	cr_assert_eq(strlen(path), REQUEST_PATH_SIZE - 1);
	cr_assert_not(request_path_decode(raw, REQUEST_PATH_SIZE, path, &improper));
}

Test(request_path, location_is_relative_and_keeps_the_query)
{
	static const char *const rows[][2] = {
		{"/%74oday", "./today"},
		{"/%74oday?a=%62&c", "./today?a=%62&c"},
		{"/today/", "../today"},
		{"/q/abcd/?x", "../../q/abcd?x"},
		{"/%71/abcd", "../q/abcd"},
		{"/author/Ren%C3%A9%2d/", "../../author/Ren%C3%A9-"},
		{"/author/Ren\xc3\xa9/?\xc3\xbc", "../../author/Ren%C3%A9?%C3%BC"},
		{"//", "./"},
		{"/%6a:b", "./j:b"},
		{"//example.org/", "../example.org"},
		{"http://example.org/%74oday?x", "./today?x"},
		{"http://example.org?x", "./"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *location = request_path_location(rows[i][0]);
		cr_assert_str_eq(location, rows[i][1], "%s: %s", rows[i][0], location);
		free(location);
	}
}

Test(request_path, depth_is_that_which_the_client_sees)
{
	static const struct {
		const char *target;
		size_t depth;
	} rows[] = {
		{"/", 0},
		{"*", 0},
		{"", 0},
		{"/random?a=/b/", 0},
		{"/foo/", 1},
		{"/q/870c", 1},
		{"/q/a%2fb", 1},
		{"/foo/bar/", 2},
		{"//q/870c", 1},
		{"///", 0},
		{"http://a.example/q/870c", 1},
		{"http://a.example", 0},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cr_expect_eq(
			request_path_depth(rows[i].target), rows[i].depth, "%s", rows[i].target);
}
