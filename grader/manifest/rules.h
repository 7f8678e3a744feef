/* What the schema cannot say: names that must refer to something, ranges, sums. */
#ifndef MANIFEST_RULES_H
#define MANIFEST_RULES_H

#include "document.h"
#include "exercise.h"
#include "kinds.h"
#include "schema.h"

/* Puts the defaults of what the document leaves out into *raw. */
void rules_fill(struct document *document, struct raw_manifest *raw);

/* Notes every problem of *raw. `id`: the folder's name; `kinds`: those that `plugin` may name. */
void rules_check(struct document *document, const struct raw_manifest *raw, const char *id, const struct kinds *kinds);

/* Notes which sections are no headings of the handout's text; NULL: there is none. */
void rules_check_sections(struct document *document, const struct raw_manifest *raw, const char *handout);

/* The index of the check with this id; n_checks: there is none. */
size_t rules_check_index(const struct raw_manifest *raw, const char *id);

/* The member that the word in `withhold` stands for; NULL: none. */
bool *rules_withheld(struct exercise_withheld *withheld, const char *word);

#endif
