/* Its memory was allocated when it was loaded: each execution has it as it was then. */
// test: lock-counter | -t 2 -r 2 -p 0x403 | memory-safety: pass executions [0-9]+ blocked [0-9]+ complete
#include <stdatomic.h>
#include <stdlib.h>
#include <syncgrade/lock.h>
struct lock {
	int unused;
};
struct state {
	atomic_uint next, serving;
};
static struct state *state;
__attribute__((constructor)) static void make(void)
{
	state = calloc(1, sizeof *state);
}
static int init(struct lock *l, unsigned n)
{
	(void)l;
	(void)n;
	return state == NULL;
}
static void acquire(struct lock *l, unsigned self)
{
	unsigned mine = atomic_fetch_add(&state->next, 1);
	(void)l;
	(void)self;
	while (atomic_load(&state->serving) != mine)
		;
}
static void release(struct lock *l, unsigned self)
{
	(void)l;
	(void)self;
	atomic_fetch_add(&state->serving, 1);
}
static void destroy(struct lock *l)
{
	(void)l;
	free(state);
	state = NULL;
}

const struct lock_plugin lock_plugin = {
	.abi = LOCK_PLUGIN_ABI,
	.size = sizeof(struct lock),
	.init = init,
	.acquire = acquire,
	.release = release,
	.destroy = destroy,
};
