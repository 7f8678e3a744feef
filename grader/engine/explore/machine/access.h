/* Plain accesses. */
#ifndef ACCESS_H
#define ACCESS_H

#include "internal.h"

/* Looks at a plain access. True: it is an event, of a variable that races, or a write to one that is atomic elsewhere.
 */
bool access_plain(struct run_thread *thread, uint64_t address, uint32_t size, bool write);
/* A race: it is reported, and from the next execution on both places are taken as relaxed atomics. */
void access_race(struct run_thread *thread, struct race_place one, const struct race_place *other);
bool access_is_promoted(uint64_t address, uint32_t size);
bool access_on_own_stack(const struct run_thread *thread, uint64_t address);

#endif
