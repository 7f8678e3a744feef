/* When the plugin's code dies of a signal: where. */
#ifndef CRASH_H
#define CRASH_H

#include "engine.h"

/* Handles SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT and SIGTRAP from here on: a CRASH frame is sent, then the signal
 * does what it would have done. `job` must outlive the process' use of it. Returns 0 or -errno. [once, first thread] */
int crash_watch(struct engine_job *job);

/* Gives the calling thread a stack to handle signals on, so that a stack overflow can be told; returns what
 * crash_thread_end() frees. NULL: there is none. */
void *crash_thread_begin(void);
void crash_thread_end(void *stack);

#endif
