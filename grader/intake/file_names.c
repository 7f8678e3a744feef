#include "file_names.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "text.h"
#include "translate.h"

static const struct {
	const char *ending;
	enum file_kind kind;
} kinds[] = {
	{ ".c", FILE_C },          { ".cpp", FILE_CXX },         { ".cc", FILE_CXX },      { ".cxx", FILE_CXX },
	{ ".h", FILE_HEADER },     { ".hpp", FILE_HEADER },      { ".hh", FILE_HEADER },   { ".hxx", FILE_HEADER },
	{ ".so", FILE_OBJECT },    { ".zip", FILE_ARCHIVE },     { ".tar", FILE_ARCHIVE }, { ".tar.gz", FILE_ARCHIVE },
	{ ".tgz", FILE_ARCHIVE },  { ".tar.xz", FILE_ARCHIVE },  { ".txz", FILE_ARCHIVE }, { ".tar.bz2", FILE_ARCHIVE },
	{ ".tbz2", FILE_ARCHIVE }, { ".tar.zst", FILE_ARCHIVE }, { ".7z", FILE_ARCHIVE },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool ends_in_any_case(const char *name, const char *ending)
{
	size_t length = strlen(name), n = strlen(ending);
	return length > n && strcasecmp(name + length - n, ending) == 0;
}

enum file_kind file_kind(const char *name)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		/* LOCK.C is C++ to compilers and C to those who have it from an old disk: it is asked for, not guessed.
		 */
		bool same = kinds[i].kind == FILE_ARCHIVE ? ends_in_any_case(name, kinds[i].ending)
							  : text_ends(name, kinds[i].ending);
		if (same)
			return kinds[i].kind;
	}
	return FILE_OTHER;
}

bool file_is_source(const char *name)
{
	enum file_kind kind = file_kind(name);
	return kind == FILE_C || kind == FILE_CXX;
}

bool file_is_submission(const char *name)
{
	return file_is_source(name) || file_kind(name) == FILE_OBJECT;
}

bool folder_is_ignored(const char *name)
{
	static const char *const ignored[] = { "build", "CMakeFiles",  "__MACOSX", "node_modules", "tests",
					       "test",  "__pycache__", "Debug",    "Release",      "x64" };
	for (size_t i = 0; i < COUNT(ignored); i++) {
		if (strcmp(name, ignored[i]) == 0)
			return true;
	}
	size_t length = strlen(name);
	return name[0] == '.' || ends_in_any_case(name, ".dSYM") ||
	       (length > 10 && strncmp(name, "cmake-build", 11) == 0);
}

bool file_is_system(const char *name)
{
	return strncmp(name, "._", 2) == 0 || strcmp(name, ".DS_Store") == 0 || strcasecmp(name, "Thumbs.db") == 0 ||
	       strcasecmp(name, "desktop.ini") == 0;
}

static const struct {
	const char *ending, *reason;
} reasons[] = {
	{ ".c.txt", N_("is named .txt; rename it to end in .c (Windows hides endings: show them first)") },
	{ ".cpp.txt", N_("is named .txt; rename it to end in .cpp (Windows hides endings: show them first)") },
	{ ".cc.txt", N_("is named .txt; rename it to end in .cc (Windows hides endings: show them first)") },
	{ ".c.docx", N_("is a word processor's document; save the source as plain text that ends in .c") },
	{ ".rar", N_("is a RAR archive, which is not unpacked; hand in a .zip") },
	{ ".alz", N_("is an ALZ archive, which is not unpacked; hand in a .zip") },
	{ ".egg", N_("is an EGG archive, which is not unpacked; hand in a .zip") },
	{ ".gz", N_("is a compressed file, not an archive; hand in a .zip, or the file itself") },
	{ ".xz", N_("is a compressed file, not an archive; hand in a .zip, or the file itself") },
	{ ".bz2", N_("is a compressed file, not an archive; hand in a .zip, or the file itself") },
	{ ".iso", N_("is the image of a disk; hand in a .zip") },
	{ ".o", N_("is an object file that is not linked; hand in its source, or a shared object (gcc -shared)") },
	{ ".obj", N_("is an object file of Windows; hand in its source") },
	{ ".a", N_("is a static library; hand in its source, or a shared object (gcc -shared)") },
	{ ".lib", N_("is a library of Windows; hand in its source") },
	{ ".dll", N_("is a library of Windows; hand in its source") },
	{ ".exe", N_("is a program of Windows; hand in its source") },
	{ ".out", N_("is a linked program; hand in its source") },
	{ ".dylib", N_("is a library of macOS; hand in its source") },
	{ ".c~", N_("is an editor's backup; hand in the file itself, which ends in .c") },
	{ ".c.bak", N_("is a backup; rename it to end in .c") },
	{ ".c.swp", N_("is an editor's swap file; hand in the file itself, which ends in .c") },
	{ ".pdf", N_("is a PDF; hand in the source as a file that ends in .c") },
	{ ".doc", N_("is a word processor's document; save the source as plain text that ends in .c") },
	{ ".docx", N_("is a word processor's document; save the source as plain text that ends in .c") },
	{ ".hwp", N_("is a word processor's document; save the source as plain text that ends in .c") },
	{ ".hwpx", N_("is a word processor's document; save the source as plain text that ends in .c") },
	{ ".odt", N_("is a word processor's document; save the source as plain text that ends in .c") },
	{ ".rtf", N_("is a word processor's document; save the source as plain text that ends in .c") },
	{ ".pages", N_("is a word processor's document; save the source as plain text that ends in .c") },
	{ ".png", N_("is a picture; hand in the source as a file that ends in .c") },
	{ ".jpg", N_("is a picture; hand in the source as a file that ends in .c") },
	{ ".jpeg", N_("is a picture; hand in the source as a file that ends in .c") },
	{ ".heic", N_("is a picture; hand in the source as a file that ends in .c") },
	{ ".txt", N_("is a text file; if it is C, rename it to end in .c") },
	{ ".html", N_("is a web page; hand in the source as a file that ends in .c") },
	{ ".py", N_("is Python; the plugin is written in C or C++") },
	{ ".java", N_("is Java; the plugin is written in C or C++") },
	{ ".class", N_("is Java; the plugin is written in C or C++") },
	{ ".rs", N_("is Rust; the plugin is written in C or C++") },
	{ ".go", N_("is Go; the plugin is written in C or C++") },
	{ ".s", N_("is assembly; the plugin is written in C or C++") },
};

/* .C, .H, .CPP, .SO … in capitals. */
static const char *capitals_reason(const char *name)
{
	if (ends_in_any_case(name, ".c"))
		return _("ends in a capital .C, which is C++ to some and C to others; rename it to end in .c or .cpp");
	if (ends_in_any_case(name, ".cpp") || ends_in_any_case(name, ".cc") || ends_in_any_case(name, ".cxx"))
		return _("ends in capitals; rename it to end in .cpp");
	if (ends_in_any_case(name, ".so"))
		return _("ends in capitals; rename it to end in .so");
	return NULL;
}

const char *file_name_reason(const char *name)
{
	const char *capitals = file_is_submission(name) ? NULL : capitals_reason(name);
	if (capitals != NULL)
		return capitals;
	for (size_t i = 0; i < COUNT(reasons); i++) {
		if (ends_in_any_case(name, reasons[i].ending))
			return _(reasons[i].reason);
	}
	return NULL;
}
