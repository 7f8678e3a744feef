/* A `kind:` block → struct plugin_kind; and the kinds that come with the program, which are such blocks (kinds/). */
#ifndef MANIFEST_KIND_H
#define MANIFEST_KIND_H

#include "document.h"
#include "fault.h"
#include "kinds.h"
#include "schema.h"

/* The kinds of kinds/, in the order in which they are listed to people. kinds_free() afterwards. */
int kinds_shipped(struct kinds *kinds, struct fault *fault);

/* Notes what is wrong with the block at `path` ("kind"; "": the document itself). */
void kind_check(struct document *document, const char *path, const struct raw_kind *raw);

/* Of a block in which nothing is wrong. */
void kind_take(struct plugin_kind *kind, const struct raw_kind *raw);

#endif
