/* exercise.<language>.yaml: the title and the hints in another language. See manifest.h for its form. */
#ifndef MANIFEST_TRANSLATION_H
#define MANIFEST_TRANSLATION_H

#include "exercise.h"
#include "fault.h"

/* Puts what the file in `folder` says, if there is one, in place of what *exercise has. Returns 0, or a negative errno
 * value and *fault (FAULT_EXERCISE, FAULT_MACHINE); *exercise is then partly translated. */
int translation_read(const char *folder, const char *language, struct exercise *exercise, struct fault *fault);

#endif
