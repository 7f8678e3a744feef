/* Sentences in the language of who reads them: gettext, of the domain "syncgrade" (grader/po). No I/O of ours: the
 * catalogue is bound by the program alone (cli/language.h), so that in the workers, which bind none, all is English.
 *
 * What a program reads (ids, statuses' names, keys) is not marked. Arguments of a template are marked by themselves
 * where they are words of ours, and not where they are the student's. */
#ifndef TRANSLATE_H
#define TRANSLATE_H

#include <libintl.h>

/* The translation of a literal; never of "", which is the catalogue's head. The string is static. */
#define _(text) gettext(text)

/* Marks a literal that is translated where it is used. */
#define N_(text) text

/* The language in use, as HTML and file names have it: "en", "ko". */
#define LANGUAGE_TAG _("en")

#endif
