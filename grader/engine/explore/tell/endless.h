/* What the search over states says, in words: of what goes on for ever. */
#ifndef ENDLESS_H
#define ENDLESS_H

#include "execution.h"
#include "stateful.h"

/* Puts into the frame what the states say of the property; nothing, where they say nothing. */
void endless_judge(const struct stateful_result *states, uint32_t property, struct frame_explore_property *frame);
/* No execution came to its end, so that nothing is known. */
void endless_nothing_ended(struct frame_explore_property *frame, bool cut_short);
/* Whether some operation was seen to wait. */
bool endless_any_waits(const struct stateful_result *states);
enum coverage_kind endless_coverage(const struct stateful_result *states, uint32_t property);

#endif
