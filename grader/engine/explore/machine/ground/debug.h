/* What a debugger can hold on to while a schedule is replayed (replay.gdb): symbols of our libtsan.so.2. */
#ifndef EXPLORE_DEBUG_H
#define EXPLORE_DEBUG_H

#include <stdint.h>

#define FOR_DEBUGGERS __attribute__((visibility("default")))

/* The thread of the trial that runs; as many as there are threads: the first one, which runs setup() and finish(). */
extern FOR_DEBUGGERS volatile uint32_t syncgrade_thread;

/* Called around the one execution that is to be debugged; they do nothing. */
FOR_DEBUGGERS void syncgrade_replay_begins(void);
FOR_DEBUGGERS void syncgrade_replay_ends(void);

#endif
