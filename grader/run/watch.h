/* What /proc says of a worker, and of the processes that it has forked: how to tell a hang from a slow machine. */
#ifndef WATCH_H
#define WATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct watch_sample {
	uint64_t cpu_ms;   /* used by all threads so far */
	uint64_t switches; /* times that any thread was put on or off a processor */
	bool sleeping;     /* no thread can run just now */
	bool asleep;       /* no thread can run, and none has set itself a time to wake up at */
};

/* Threads that are not the workload's: ThreadSanitizer keeps one, which wakes up ten times a second. */
enum { WATCH_BACKGROUND_MAX = 8 };
struct watch_background {
	pid_t tid[WATCH_BACKGROUND_MAX];
	unsigned n;
};

/* Notes all threads that `pid` has now, but for its first. */
void watch_background(pid_t pid, struct watch_background *background);

/* Looks at all threads of `pid` but those. False if it is gone. */
bool watch_sample(pid_t pid, const struct watch_background *background, struct watch_sample *sample);

/* What it has now; zero if it is gone. */
struct watch_usage {
	uint64_t rss_kib;  /* resident memory */
	uint64_t data_kib; /* the size of data and anonymous mappings */
	uint64_t threads;
};
struct watch_usage watch_usage(pid_t pid);

/* How long its threads together have waited for a processor so far; UINT64_MAX if the kernel does not tell. */
uint64_t watch_waited_ms(pid_t pid);

#endif
