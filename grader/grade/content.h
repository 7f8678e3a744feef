/* What an exercise consists of, as one number. */
#ifndef GRADE_CONTENT_H
#define GRADE_CONTENT_H

#include "site.h"

/* SHA-256, in hex, of the manifest, of what its folder has for its workloads (else of the installed ones), and of the
 * headers there: grades with different ones do not compare. Not of handouts, translations, solutions and mutants. The
 * caller owns it. */
char *content_digest(const struct site *site, const struct exercise *exercise);

/* Of the same, but of the manifest what was parsed of it, without points, title and starter_max: where two exercises
 * have one of these, what was seen under one of them holds under the other, but for checks that have points in one of
 * them only. */
char *content_evidence_digest(const struct site *site, const struct exercise *exercise);

#endif
