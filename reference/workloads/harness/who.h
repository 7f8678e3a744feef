/* What a workload's threads are: with PROCESSES defined, processes of their own, which share the plugin's objects and
 * the workload's data and nothing else. */
#ifndef WHO_H
#define WHO_H

#ifdef PROCESSES
#define WHO "process"
#define WHO_MANY "processes"
#define WHO_FLAGS WORKLOAD_PROCESSES
#define WHO_NAME(name) "processes-" name
#else
#define WHO "thread"
#define WHO_MANY "threads"
#define WHO_FLAGS 0
#define WHO_NAME(name) name
#endif

#endif
