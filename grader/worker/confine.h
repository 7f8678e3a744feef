/* The tight filter of system calls: threads yes; processes, files to write, sockets, signals to others no. A worker
 * puts it upon itself just before it loads a plugin, since its own start needs more. */
#ifndef CONFINE_H
#define CONFINE_H

#include <stdbool.h>

/* From here on the process can only read files, and use memory and threads; `processes`: and fork, as often as its
 * limits allow. Returns 0, or a negative errno value. */
int confine_before_load(bool processes);

/* From here on it can open nothing and has no new code, in all of its threads. Returns 0, or a negative errno value. */
int confine_after_load(void);

/* In a process that the worker has forked for a trial: from here on it forks no more. Returns 0, or a negative errno
 * value. */
int confine_process(void);

#endif
