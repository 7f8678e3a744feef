/* What calls of the plugin are asked for, and give back, in words. */
#ifndef ASKED_H
#define ASKED_H

#include <stddef.h>

#include "wire_explore.h"

/* The items that have been put so far, in the order of a story: the first is A. Zeroed: none. */
struct asked {
	uint64_t *item;
	size_t n;
};

/* Of a call or a return: "condition 0", "C", and "0" of an item that nobody has put so far; NULL: there is nothing to
 * tell. To be asked of each step of a story, in order. The caller owns it. */
char *asked_of(struct asked *asked, const struct explore_step *step);
/* The letter of an item that has been put so far; NULL: it is none, or too small a number to be nothing else. The
 * caller owns it. */
char *asked_item(const struct asked *asked, uint64_t value, unsigned size);
void asked_free(struct asked *asked);

#endif
