/* Levels: a graph each, and the items that are still to be done with it. */
#ifndef WORKLIST_H
#define WORKLIST_H

#include "internal.h"

struct level *worklist_top(void);
struct level *worklist_push(void);
void worklist_pop(void);
void worklist_add(enum item_kind kind, uint32_t stamp, ref event, ref other, int32_t mo);

#endif
