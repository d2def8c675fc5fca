#include "core/library/language.h"

#include <ctype.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <threads.h>

#include "core/base/mem.h"

/* The tags of RFC 5646, section 2.1, but for the irregular ones. */
static const char syntax[] = "^(([a-z]{2,3}(-[a-z]{3}){0,3}|[a-z]{4,8})" /* language */
			     "(-[a-z]{4})?"                              /* script */
			     "(-([a-z]{2}|[0-9]{3}))?"                   /* region */
			     "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"      /* variants */
			     "(-[a-wyz0-9](-[a-z0-9]{2,8})+)*"           /* extensions */
			     "(-x(-[a-z0-9]{1,8})+)?"                    /* private use */
			     "|x(-[a-z0-9]{1,8})+)$";

static regex_t regular;
static once_flag is_compiled = ONCE_FLAG_INIT;

static void compile(void)
{
	mem_check(regcomp(&regular, syntax, REG_EXTENDED | REG_ICASE | REG_NOSUB) == 0 ? &regular
										       : NULL);
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
	call_once(&is_compiled, compile);
	return regexec(&regular, text, 0, NULL, 0) == 0 || is_irregular(text);
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
