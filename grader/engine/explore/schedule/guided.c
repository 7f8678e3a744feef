#include "guided.h"

/* Steps beyond the guide's after which another thread has its turn: a loop may wait for it. */
#define IN_A_ROW_MAX 400u

static bool among(const uint32_t *can, uint32_t n, uint32_t thread)
{
	for (uint32_t i = 0; i < n; i++) {
		if (can[i] == thread)
			return true;
	}
	return false;
}

/* Who was there goes on, as long as it can; then the lowest. */
static uint32_t straight_on(struct guide *guide, const uint32_t *can, uint32_t n, uint32_t last)
{
	uint32_t i = 0;

	if (!among(can, n, last)) {
		guide->in_a_row = 0;
		return can[0];
	}
	if (++guide->in_a_row <= IN_A_ROW_MAX)
		return last;
	guide->in_a_row = 0;
	while (can[i] != last)
		i++;
	return can[(i + 1) % n];
}

static uint32_t guided_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	struct guide *guide = x->chooser;

	while (guide->at < guide->n && !among(can, n, guide->step[guide->at].thread))
		guide->at++;
	guide->now = guide->at < guide->n ? &guide->step[guide->at++] : NULL;
	return guide->now != NULL ? guide->now->thread : straight_on(guide, can, n, last);
}

static uint32_t guided_alternative(void *chooser, enum alternative_kind kind, uint32_t n)
{
	const struct schedule_step *now = ((const struct guide *)chooser)->now;

	return kind == ALTERNATIVE_CHOICE && now != NULL && now->how == SCHEDULE_TAKES && now->number < n ? now->number
													  : 0;
}

static const struct scheduler scheduler_guided = {
	.name = "as far as a schedule leads",
	.patient = true,
	.newest = true,
	.thread = guided_thread,
	.alternative = guided_alternative,
};

void guided_run(struct execution *x, struct guide *guide)
{
	guide->at = guide->in_a_row = 0;
	guide->now = NULL;
	schedule_execute(x, &scheduler_guided, guide);
	execution_schedule(x, &scheduler_exhaustive, NULL);
}
