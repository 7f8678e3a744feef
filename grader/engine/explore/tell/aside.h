/* Executions that are none of the search's: what they do changes none of its results. */
#ifndef ASIDE_H
#define ASIDE_H

#include "execution.h"

/* What an execution notes beside findings, as it was. */
struct aside {
	char crash[WIRE_TEXT_MAX], inconclusive[WIRE_TEXT_MAX];
	struct wire_place crash_place;
	void (*observe)(void *context, const void *data, size_t size);
	uint32_t most_inside[TRIAL_SECTIONS_MAX];
	struct bounds bounds;
};

/* Notes it, and clears it where that tells what an execution comes to. */
void aside_begin(struct aside *aside, const struct execution *x);
/* Puts it back. */
void aside_end(const struct aside *aside, struct execution *x);

#endif
