/* What the schema cannot say: names that must refer to something, ranges, sums. */
#ifndef MANIFEST_RULES_H
#define MANIFEST_RULES_H

#include "document.h"
#include "schema.h"

/* Puts the defaults of what the document leaves out into *raw. */
void rules_fill(struct document *document, struct raw_manifest *raw);

/* Notes every problem of *raw. `id`: the folder's name. */
void rules_check(struct document *document, const struct raw_manifest *raw, const char *id);

#endif
