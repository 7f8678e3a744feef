/* starvation, busy-waiting: threads want to write, or to read, for ever. Nothing is counted, so that the explorer can
 * recognize a cycle (see endless.h). Define ENDLESS_NAME first, and ENDLESS_WRITES(self): which threads write. */
#ifndef ENDLESS_RWLOCK_H
#define ENDLESS_RWLOCK_H

#include <syncgrade/rwlock.h>
#include <syncgrade/workload.h>

static size_t endless_data_size(uint32_t threads, uint64_t rounds)
{
	(void)threads;
	(void)rounds;
	return 1;
}

static void endless_setup(struct trial *t)
{
	trial_rwlock_init(t, 0);
}

/* A step inside, at which the explorer can leave a thread while others go on: readers that are never all outside are
 * what starves a writer. Nobody waits for this gate. */
static void stay(struct trial *t, unsigned self)
{
	trial_await(t, self, 0, 0, PROPERTY_PROGRESS, "");
}

static void endless_write(struct trial *t, unsigned self)
{
	for (;;) {
		trial_request(t, self, 0);
		trial_rwlock_acquire_write(t, self, 0);
		trial_enter(t, self, 0);
		stay(t, self);
		trial_leave(t, self, 0);
		trial_rwlock_release_write(t, self, 0);
	}
}

static void endless_read(struct trial *t, unsigned self)
{
	for (;;) {
		trial_request(t, self, 0);
		trial_rwlock_acquire_read(t, self, 0);
		trial_enter_shared(t, self, 0);
		stay(t, self);
		trial_leave(t, self, 0);
		trial_rwlock_release_read(t, self, 0);
	}
}

static void endless_thread(struct trial *t, unsigned self)
{
	if (ENDLESS_WRITES(self))
		endless_write(t, self);
	else
		endless_read(t, self);
}

static void endless_finish(struct trial *t)
{
	trial_rwlock_destroy(t, 0);
}

const struct workload workload = {
	.abi = WORKLOAD_ABI,
	.flags = WORKLOAD_ENDLESS,
	.name = ENDLESS_NAME,
	.plugin = "rwlock",
	.objects = 1,
	.threads_min = 2,
	.data_size = endless_data_size,
	.setup = endless_setup,
	.thread = endless_thread,
	.finish = endless_finish,
};

#endif
