/* A trial whose threads are forked processes (WORKLOAD_PROCESSES). */
#ifndef PROCESSES_H
#define PROCESSES_H

#include "services.h"

/* Runs each thread() of the trial in a process of its own, and waits for them all. A process that dies of a signal, or
 * exits before its thread() has returned, takes this process with it, in the same way: that is how the grader learns of
 * it. Returns 0 or -errno. [first thread; no other thread may be running] */
int processes_run(struct threads_trial *trial);

#endif
