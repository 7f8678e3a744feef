/* What a worker's memory must look like after the plugin has been at it: code and read-only data as they were before it
 * was loaded, and nothing that is both written and executed. From /proc, by the grader. */
#ifndef MAPS_H
#define MAPS_H

#include <sys/types.h>

/* The read-only mappings of files that `pid` has now, which the caller owns; NULL: the kernel does not tell. */
char *maps_take(pid_t pid);

/* What differs now from `before`, or should not be there, in words that go on from "The plugin …"; NULL: nothing. The
 * caller owns it. */
char *maps_tampered(pid_t pid, const char *before);

#endif
