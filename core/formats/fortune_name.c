#include "core/formats/fortune_name.h"

#include <fnmatch.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* Patterns of fnmatch(3). */
static const char *const companions[] = {".*", "*.dat", "*.pos", "*.u8", NULL};

/* As they are written ... */
static const char *const documentation[] = {"LICENSE*", "LICENCE*", "COPYING*", "README*",
	"CHANGELOG*", "AUTHORS*", "CONTRIBUTING*", "CONTRIBUTORS*", "CODE_OF_CONDUCT*", "INSTALL*",
	"HACKING*", "NEWS", "NEWS.*", "NOTICE", "NOTICE.*", "TODO", "TODO.*", NULL};
static const char *const programs[] = {"Makefile*", "makefile", "GNUmakefile", "Dockerfile*", NULL};

/* ... and these in small and capital letters. */
static const char *const any_documentation[] = {"license", "license.*", "licence", "licence.*",
	"copying", "copying.*", "readme", "readme.*", "changelog", "changelog.*", "*.md",
	"*.markdown", "*.html", "*.htm", "*.rst", "*.adoc", "*.tex", "*.bib", "*.sty", "*.cls",
	"*.ps", "*.eps", NULL};
static const char *const pictures[] = {"*.png", "*.jpg", "*.jpeg", "*.gif", "*.bmp", "*.ico",
	"*.svg", "*.svgz", "*.webp", "*.tif", "*.tiff", "*.xcf", "*.psd", "*.avif", "*.heic",
	"*.xpm", NULL};
static const char *const sounds[] = {
	"*.mp3", "*.ogg", "*.wav", "*.flac", "*.mp4", "*.mkv", "*.avi", "*.webm", "*.mov", NULL};
static const char *const archives[] = {"*.gz", "*.bz2", "*.xz", "*.zst", "*.lz", "*.lzma", "*.z",
	"*.zip", "*.tar", "*.tgz", "*.tbz", "*.txz", "*.7z", "*.rar", "*.jar", "*.war", "*.deb",
	"*.rpm", "*.apk", "*.iso", "*.img", NULL};
/* None that is also the code of a language, as in "debian.pl". */
static const char *const any_programs[] = {"*.c", "*.h", "*.p", "*.i", "*.f", "*.pas", "*.ftn",
	"*.sml", "*.cc", "*.cpp", "*.cxx", "*.hpp", "*.y", "*.yy", "*.l", "*.ll", "*.m", "*.o",
	"*.a", "*.so.*", "*.dll", "*.exe", "*.com", "*.bin", "*.msi", "*.py", "*.pyc", "*.pm",
	"*.rb", "*.js", "*.mjs", "*.sh", "*.bash", "*.zsh", "*.bat", "*.cmd", "*.ps1", "*.php",
	"*.java", "*.class", "*.erl", "*.cmake", "*.css", "*.wasm", NULL};
static const char *const office[] = {"*.doc", "*.docx", "*.odt", "*.ods", "*.odp", "*.odg", "*.xls",
	"*.xlsx", "*.ppt", "*.pptx", "*.pdf", "*.rtf", "*.epub", "*.mobi", "*.djvu", NULL};
static const char *const data[] = {
	"*.sqlite", "*.sqlite3", "*.db", "*.ttf", "*.otf", "*.woff", "*.woff2", NULL};
static const char *const backups[] = {"*~", "#*#", "*.bak", "*.backup", "*.orig", "*.rej", "*.old",
	"*.sw[nop]", "*.tmp", "*.part", "*.partial", "*.crdownload", "*.save", "*.sav", "*.rpmnew",
	"*.rpmsave", "*.rpmorig", "*.pacnew", "*.pacsave", "*.dpkg-*", "*.ucf-*",
	"*.sync-conflict-*", "~$*", NULL};

static const struct {
	const char *const *patterns;
	bool any_case;
	const char *what;
} kinds[] = {
	{documentation, false, "documentation, by its name"},
	{programs, false, "part of a program, by its name"},
	{backups, true, "a backup, by its name"},
	{any_documentation, true, "documentation, by its name"},
	{pictures, true, "a picture, by its name"},
	{sounds, true, "sound or video, by its name"},
	{archives, true, "an archive, by its name"},
	{any_programs, true, "part of a program, by its name"},
	{office, true, "an office document, by its name"},
	{data, true, "data of a program, by its name"},
};

static bool matches(const char *const *patterns, const char *name, int flags)
{
	for (; *patterns != NULL; patterns++)
		if (fnmatch(*patterns, name, flags) == 0)
			return true;
	return false;
}

bool fortune_name_is_companion(const char *name)
{
	return matches(companions, name, 0);
}

const char *fortune_name_other(const char *name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (matches(kinds[i].patterns, name, kinds[i].any_case ? FNM_CASEFOLD : 0))
			return kinds[i].what;
	return NULL;
}
