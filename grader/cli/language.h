/* The language of what people read: --lang, LANGUAGE, LC_ALL, LC_MESSAGES, LANG, as gettext has them. Which one is in
 * use is LANGUAGE_TAG (translate.h). */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include <argp.h>

/* At the program's start, before there are threads. A locale that is not installed still says which language is
 * wanted. */
void language_start(void);

/* A file of an exercise's folder that there may be in several languages: "README.ko.md" where there is one in the language
 * in use, else "README.md". The caller owns it. */
char *language_file(const char *folder, const char *name, const char *suffix);

/* The options --lang, --help and --usage, for a command's argp, which is parsed with ARGP_NO_HELP. */
extern const struct argp_child language_children[];

#endif
