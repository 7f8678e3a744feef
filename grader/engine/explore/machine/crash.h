/* Crashes, and loops that cannot be seen. */
#ifndef CRASH_H
#define CRASH_H

#include "machine.h"

/* Takes the signals of crashes, and a clock that ticks in processor time; puts back what was there. */
void crash_handle_signals(void);
void crash_unhandle_signals(void);
/* The thread has crashed: HOOK_crash is its request. */
void crash_report(struct run_thread *thread);

#endif
