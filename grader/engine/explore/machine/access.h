/* Plain accesses. */
#ifndef ACCESS_H
#define ACCESS_H

#include "internal.h"

/* Looks at a plain access. True: it is an event, of a variable that races, or a write to one that is atomic elsewhere.
 */
bool access_plain(struct run_thread *thread, uint64_t address, uint32_t size, bool write);
bool access_on_own_stack(const struct run_thread *thread, uint64_t address);

#endif
