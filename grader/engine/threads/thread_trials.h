/* Trials with real threads: what the native and the tsan engine share. */
#ifndef THREAD_TRIALS_H
#define THREAD_TRIALS_H

#include "engine.h"

/* Serves the grader's TRIAL frames until STOP, each with a trial from fresh storage and data, and sends TRIAL_DONE for
 * each and DONE at the end. Returns 0 or -errno. */
int threads_run(struct engine_job *job);

/* The calling thread is thread `self` of the trial that runs now. */
void threads_register(struct engine_job *job, uint32_t self);

/* The workload's number of the calling thread; `threads` for the first thread, UINT32_MAX for a stranger. */
uint32_t threads_self(void);

/* The number of the thread whose kernel id is `os_tid`; UINT32_MAX: none of ours. */
uint32_t threads_number(const struct engine_job *job, int os_tid);

#endif
