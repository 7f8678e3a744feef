/* What students read of an exercise, in all languages in which it stands in its folder. */
#ifndef MANIFEST_WORDINGS_H
#define MANIFEST_WORDINGS_H

#include "exercise.h"
#include "fault.h"

/* Fills exercise->wordings from each exercise.<language>.yaml in `folder`. *exercise, as exercise.yaml has it, is as
 * before then. Returns 0, or a negative errno value and *fault, as translation_read(). */
int wordings_read(const char *folder, struct exercise *exercise, struct fault *fault);

#endif
