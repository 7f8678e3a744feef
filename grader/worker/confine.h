/* The tight filter of system calls: threads yes; processes, files to write, sockets, signals to others no. A worker
 * puts it upon itself just before it loads a plugin, since its own start needs more. */
#ifndef CONFINE_H
#define CONFINE_H

/* From here on the process can only read files, and use memory and threads. Returns 0, or a negative errno value. */
int confine_before_load(void);

/* From here on it can open nothing and has no new code, in all of its threads. Returns 0, or a negative errno value. */
int confine_after_load(void);

#endif
