/* Plain accesses to several places at once: blocks, structures, words with several atomic objects in them. */
#ifndef RANGE_H
#define RANGE_H

#include "machine.h"

/* Whether a write of up to 8 bytes is to more than one object of the model. */
bool range_is_split(const struct run_thread *thread, uint64_t address, uint32_t size);

/* The thread reads or writes these bytes. True: the first event that comes of it is in *action. Writes that are events
 * need their values: the thread runs on to its next hook at once, which waits until range_next() has handed them out.
 */
bool range_access(struct run_thread *thread, uint64_t address, uint64_t size, bool write, struct action *action);
/* The next one; false: there are no more. */
bool range_next(struct run_thread *thread, struct action *action);

void range_fini(void);

#endif
