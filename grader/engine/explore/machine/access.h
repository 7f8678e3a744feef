/* Plain accesses. */
#ifndef ACCESS_H
#define ACCESS_H

#include "machine.h"

/* Looks at a plain access. True: it is an event, of a variable that races, or a write to one that is atomic elsewhere.
 */
bool access_plain(struct run_thread *thread, uint64_t address, uint32_t size, bool write);
/* A race: it is reported, and from the next execution on both places are taken as relaxed atomics. */
void access_race(const struct race_place *one, const struct race_place *other);
/* A plain access that the thread makes now. */
struct race_place access_here(const struct run_thread *thread, uint64_t address, uint32_t size, bool write,
			      uint64_t pc);
bool access_on_own_stack(const struct run_thread *thread, uint64_t address);

#endif
