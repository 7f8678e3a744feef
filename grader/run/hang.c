#include "hang.h"

#include <stdatomic.h>

#include "clock.h"

enum { SAMPLE_AFTER_MS = 100, PATIENCE = 6 };

void hang_watch_init(struct hang_watch *watch, pid_t pid, uint32_t hang_ms)
{
	uint64_t now = monotonic_ms();
	*watch = (struct hang_watch){ .hang_ms = hang_ms, .since_ms = now, .quiet_since_ms = now };
	watch_background(pid, &watch->background);
}

static uint64_t board_progress(const struct board *board, uint64_t done)
{
	uint64_t progress = done + atomic_load_explicit(&board->phase, memory_order_relaxed) +
			    atomic_load_explicit(&board->steps, memory_order_relaxed);
	for (unsigned i = 0; i < BOARD_THREADS_MAX; i++)
		progress += atomic_load_explicit(&board->thread[i].events, memory_order_relaxed) +
			    atomic_load_explicit(&board->thread[i].finished, memory_order_relaxed);
	return progress;
}

enum hang hang_look(struct hang_watch *watch, const struct board *board, pid_t pid, uint64_t done)
{
	uint64_t now = monotonic_ms(), progress = board_progress(board, done);
	struct watch_sample sample;
	if (progress != watch->progress) {
		watch->progress = progress;
		watch->since_ms = watch->quiet_since_ms = now;
		watch->sampled = false;
		return HANG_NONE;
	}
	if (now - watch->since_ms < SAMPLE_AFTER_MS || !watch_sample(pid, &watch->background, &sample))
		return HANG_NONE;
	if (!watch->sampled)
		watch->then = sample;
	if (!watch->sampled || !sample.asleep || sample.switches != watch->last.switches)
		watch->quiet_since_ms = now;
	watch->sampled = true;
	watch->last = sample;
	if (now - watch->quiet_since_ms >= watch->hang_ms / 4)
		return HANG_ASLEEP;
	uint64_t stuck_ms = now - watch->since_ms;
	if (stuck_ms >= watch->hang_ms && sample.cpu_ms - watch->then.cpu_ms + SAMPLE_AFTER_MS >= watch->hang_ms)
		return HANG_AWAKE;
	/* On a busy machine threads wait for a processor without being asleep, and that is not their fault. */
	if (stuck_ms >= (uint64_t)PATIENCE * watch->hang_ms && sample.sleeping)
		return HANG_AWAKE;
	return HANG_NONE;
}
