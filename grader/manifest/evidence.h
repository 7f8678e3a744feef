/* What of a manifest decides what is run and told, and not what it is worth. */
#ifndef MANIFEST_EVIDENCE_H
#define MANIFEST_EVIDENCE_H

#include "fault.h"
#include "text.h"

/* Adds to *evidence all that was parsed of <folder>/exercise.yaml, without the checks' `points`, the `title` and
 * `starter_max`: the same for two manifests that differ in these only, or in comments and in how values are written,
 * and for no others. As manifest_read(), but that what stands in it is not judged. */
int manifest_add_evidence(const char *folder, struct text *evidence, struct fault *fault);

#endif
