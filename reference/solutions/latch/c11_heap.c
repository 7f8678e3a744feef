/* C11's mutex and condition variable, on the heap. */
#include <latch.h>

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <threads.h>

struct state {
	mtx_t mutex;
	cnd_t changed;
	unsigned left;
	bool open;
};

struct latch {
	struct state *state;
};

static int init(struct latch *latch, unsigned count)
{
	struct state *state = malloc(sizeof(*state));
	if (state == NULL)
		return ENOMEM;
	if (mtx_init(&state->mutex, mtx_plain) != thrd_success || cnd_init(&state->changed) != thrd_success) {
		free(state);
		return ENOMEM;
	}
	state->left = count;
	state->open = count == 0;
	latch->state = state;
	return 0;
}

static void count_down(struct latch *latch)
{
	struct state *state = latch->state;
	mtx_lock(&state->mutex);
	if (!state->open) {
		state->open = --state->left == 0;
		if (state->open)
			cnd_broadcast(&state->changed);
	}
	mtx_unlock(&state->mutex);
}

static void await(struct latch *latch)
{
	struct state *state = latch->state;
	mtx_lock(&state->mutex);
	while (!state->open)
		cnd_wait(&state->changed, &state->mutex);
	mtx_unlock(&state->mutex);
}

static void destroy(struct latch *latch)
{
	cnd_destroy(&latch->state->changed);
	mtx_destroy(&latch->state->mutex);
	free(latch->state);
}

const struct latch_plugin latch_plugin = {
	.abi = LATCH_PLUGIN_ABI,
	.size = sizeof(struct latch),
	.init = init,
	.count_down = count_down,
	.await = await,
	.destroy = destroy,
};
