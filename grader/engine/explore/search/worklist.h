/* Levels: a graph each, and the items that are still to be done with it. */
#ifndef WORKLIST_H
#define WORKLIST_H

#include "search.h"

struct level *worklist_top(struct search *search);
struct level *worklist_push(struct search *search);
void worklist_pop(struct search *search);
void worklist_add(struct search *search, enum item_kind kind, uint32_t stamp, ref event, ref other, int32_t mo);
/* The write of r is none: what was to read it reads `from`. */
void worklist_demote(struct search *search, ref r, ref from);
/* Prepares an empty top graph. */
void search_clear(struct search *search);

#endif
