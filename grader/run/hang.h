/* Tells a worker that will never get on from one that is slow, or on a busy machine. */
#ifndef HANG_H
#define HANG_H

#include <stdint.h>
#include <sys/types.h>

#include "board.h"
#include "watch.h"

enum hang { HANG_NONE, HANG_ASLEEP, HANG_AWAKE };

struct hang_watch {
	uint32_t hang_ms;
	uint64_t progress;        /* a sum of what only grows */
	uint64_t since_ms;        /* when it last grew */
	uint64_t quiet_since_ms;  /* since when no thread has run at all */
	struct watch_sample then; /* when it last grew */
	struct watch_sample last;
	bool sampled;
	struct watch_background background;
};

/* Begins to watch `pid`: the threads that it has now, but for its first, do not count. */
void hang_watch_init(struct hang_watch *watch, pid_t pid, uint32_t hang_ms);

/* To be called every few dozen milliseconds, with what the worker has done so far besides what the board shows. A hang
 * is: no thread has been on a processor for a quarter of hang_ms (ASLEEP); or none has got anywhere for hang_ms of real
 * time, in which the worker had as much processor time, or it slept with an alarm clock for six times as long (AWAKE).
 */
enum hang hang_look(struct hang_watch *watch, const struct board *board, pid_t pid, uint64_t done);

#endif
