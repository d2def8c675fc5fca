#include "core/library/language.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/mem.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
static const char digits[] = "0123456789";
static const char alphanumerics[] =
	"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* Returns whether the tag goes on with a subtag of these octets, and steps over it. */
static bool take(const char **at, const char *octets, size_t least, size_t most)
{
	size_t length = strspn(*at, octets);
	const char *end = *at + length;
	if (length < least || length > most || (*end != '-' && *end != '\0'))
		return false;
	*at = *end == '-' && end[1] != '\0' ? end + 1 : end;
	return true;
}

static bool take_language(const char **at)
{
	if (!take(at, letters, 2, 3))
		return take(at, letters, 4, 8);
	for (int extended = 0; extended < 3 && take(at, letters, 3, 3); extended++)
		;
	return true;
}

static bool take_variant(const char **at)
{
	return take(at, alphanumerics, 5, 8) ||
	       (isdigit((unsigned char)**at) && take(at, alphanumerics, 4, 4));
}

/* Takes a singleton and what belongs to it. */
static bool take_extension(const char **at, size_t least)
{
	const char *next = *at;
	if (!take(&next, alphanumerics, 1, 1) || !take(&next, alphanumerics, least, 8))
		return false;
	while (take(&next, alphanumerics, least, 8))
		;
	*at = next;
	return true;
}

static bool is_private(const char *at)
{
	return *at == 'x' || *at == 'X';
}

static bool is_regular(const char *text)
{
	const char *at = text;
	if (take_language(&at)) {
		take(&at, letters, 4, 4);
		if (!take(&at, letters, 2, 2))
			take(&at, digits, 3, 3);
		while (take_variant(&at))
			;
		while (!is_private(at) && take_extension(&at, 2))
			;
	}
	if (is_private(at))
		take_extension(&at, 1);
	return *at == '\0' && at > text;
}

/* Tags that were registered before there was a syntax. */
static bool is_irregular(const char *text)
{
	static const char *const tags[] = {"en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian",
		"i-hak", "i-klingon", "i-lux", "i-mingo", "i-navajo", "i-pwn", "i-tao", "i-tay",
		"i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE"};
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (strcasecmp(text, tags[i]) == 0)
			return true;
	return false;
}

bool language_is_tag(const char *text)
{
	return is_regular(text) || is_irregular(text);
}

bool language_matches(const char *tag, const char *range, size_t length)
{
	return length > 0 && strncasecmp(tag, range, length) == 0 &&
	       (tag[length] == '\0' || tag[length] == '-');
}

/* Whether the list, of words between blanks, has the word. */
static bool has_word(const char *list, const char *word, size_t length)
{
	for (const char *at = list; *at != '\0'; at += strspn(at, " ")) {
		size_t size = strcspn(at, " ");
		if (size == length && memcmp(at, word, length) == 0)
			return true;
		at += size;
	}
	return false;
}

/* ISO 639-1. */
static const char languages[] =
	"aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv "
	"cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr "
	"ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw "
	"ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv "
	"ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr "
	"ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
	"yo za zh zu";

/* The files of Debian's packages right in the directory of the fortunes. */
static const struct {
	const char *language;
	const char *files;
} packaged[] = {
	{"en", "anarchism art ascii-art bofh-excuses computers cookie debian debian-hints "
	       "definitions disclaimer drugs education ethnic food fortunes goedel humorists kids "
	       "knghtbrd law linux linuxcookie literature love magic medicine men-women "
	       "miscellaneous news paradoxum people perl pets platitudes politics pratchett "
	       "riddles science songs-poems sports startrek tao translate-me wisdom work zippy"},
	{"pt-BR", "brasil mario.anagramas mario.arteascii mario.computadores mario.gauchismos "
		  "mario.geral mario.palindromos mario.piadas"},
	{"zh", "chinese song100 tang300"},
};

static char *language_of_file(const char *name)
{
	for (size_t i = 0; i < sizeof packaged / sizeof packaged[0]; i++)
		if (has_word(packaged[i].files, name, strlen(name)))
			return mem_strdup(packaged[i].language);
	return NULL;
}

/* Reads "de", "zh_TW", "eo-ascii"; NULL if the name is none of a language. */
static char *language_of_name(const char *name, size_t length)
{
	if (length == 2 && memcmp(name, "cz", 2) == 0)
		return mem_strdup("cs");
	if (length < 2 || !has_word(languages, name, 2) ||
		(length > 2 && strchr("_-.@", name[2]) == NULL))
		return NULL;
	bool regional = length >= 5 && isupper((unsigned char)name[3]) &&
			isupper((unsigned char)name[4]) && (length == 5 || strchr(".@", name[5]));
	return regional ? mem_format("%.2s-%.2s", name, name + 3) : mem_strndup(name, 2);
}

/* Those of the package fortunes-br are in the language of Brazil. */
static char *language_of_package(const char *name, size_t length)
{
	size_t prefix = strlen("fortunes-");
	if (length <= prefix || strncmp(name, "fortunes-", prefix) != 0)
		return NULL;
	name += prefix;
	length -= prefix;
	return length == 2 && memcmp(name, "br", 2) == 0 ? mem_strdup("pt-BR")
							 : language_of_name(name, length);
}

/* Goes through the directories of a resolved path. */
static char *guess(const char *path)
{
	bool below = false;
	const char *at = path + strspn(path, "/");
	size_t length = strcspn(at, "/");
	char *language = NULL;
	for (; at[length] == '/' && language == NULL; length = strcspn(at, "/")) {
		language = below ? language_of_name(at, length) : language_of_package(at, length);
		bool off = below && length == 3 && memcmp(at, "off", 3) == 0;
		below = off || has_word("fortune fortunes", at, length);
		at += length + 1;
	}
	return language == NULL && below ? language_of_file(at) : language;
}

char *language_guess(const char *path)
{
	char *resolved = realpath(path, NULL);
	char *language = resolved != NULL ? guess(resolved) : NULL;
	free(resolved);
	return language;
}
