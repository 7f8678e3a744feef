/* Few deviations, at other places of the program each time: where there are hundreds of steps in one loop, those that
 * matter are reached all the same. The first execution goes straight on; then each place (a step's address in the
 * program) at which a choice was seen is taken, the first time and the second time that it comes: another thread goes
 * on before the step, or the read is stale. Then two of them. */
#include <string.h>

#include "strategies.h"

#define TIMES 2u /* that a place comes, in an execution */
#define WAYS 3u  /* other choices there, at most */

/* The next deviation in order; false: that was the last. */
static bool next(const struct sites *sites, struct deviation *deviation)
{
	if (++deviation->way < WAYS && deviation->way < sites->site[deviation->site].ways)
		return true;
	deviation->way = 0;
	if (++deviation->time < TIMES)
		return true;
	deviation->time = 0;
	return ++deviation->site < sites->n;
}

static bool sites_begin(void *chooser, uint32_t n_threads, uint32_t steps)
{
	struct sites *sites = &((struct strategies *)chooser)->sites;

	(void)n_threads;
	(void)steps;
	sites->at = sites->came = 0;
	sites->last = UINT32_MAX;
	if (!sites->begun) {
		sites->begun = true;
		return true;
	}
	if (sites->n == 0)
		return false;
	if (sites->deviations == 0) {
		sites->deviations = 1;
		return true;
	}
	if (sites->deviations == 1) {
		if (next(sites, &sites->plan[0]))
			return true;
		memset(sites->plan, 0, sizeof sites->plan);
		sites->deviations = 2;
		return true;
	}
	if (next(sites, &sites->plan[1]))
		return true;
	sites->plan[1] = (struct deviation){ 0 };
	return next(sites, &sites->plan[0]);
}

/* There are `ways` other choices than the one that goes straight on. Returns which is taken; 0: none. */
static uint32_t choose(struct sites *sites, uint64_t pc, enum site_kind kind, uint32_t ways)
{
	uint32_t i = 0;

	while (i < sites->n && (sites->site[i].pc != pc || sites->site[i].kind != kind))
		i++;
	if (i == SITES_MAX)
		return 0;
	if (i == sites->n)
		sites->site[sites->n++] = (struct site){ .pc = pc, .kind = kind };
	if (sites->site[i].ways < ways)
		sites->site[i].ways = ways;
	if (sites->at == sites->deviations)
		return 0;
	const struct deviation *deviation = &sites->plan[sites->at];
	if (deviation->site != i || sites->came++ != deviation->time)
		return 0;
	sites->at++;
	sites->came = 0;
	return deviation->way < ways ? deviation->way + 1 : 0;
}

static uint32_t sites_thread(struct execution *x, const uint32_t *can, uint32_t n, uint32_t last)
{
	struct sites *sites = &((struct strategies *)x->chooser)->sites;
	uint32_t at = 0, k = 0;

	while (at < n && can[at] != last)
		at++;
	if (at < n && n > 1)
		k = choose(sites, machine->thread[last].action.pc, SITE_THREAD, n - 1);
	sites->last = at == n ? can[0] : k == 0 ? last : can[k <= at ? k - 1 : k];
	return sites->last;
}

static uint32_t sites_alternative(void *chooser, enum alternative_kind kind, uint32_t n)
{
	struct sites *sites = &((struct strategies *)chooser)->sites;
	static const enum site_kind kinds[] = {
		[ALTERNATIVE_READ] = SITE_READ, [ALTERNATIVE_WRITE] = SITE_WRITE, [ALTERNATIVE_CHOICE] = SITE_CHOICE
	};

	return choose(sites, machine->thread[sites->last].action.pc, kinds[kind], n - 1);
}

const struct scheduler scheduler_sites = {
	.name = "each place of the program",
	.patient = true,
	.begin = sites_begin,
	.thread = sites_thread,
	.alternative = sites_alternative,
};
