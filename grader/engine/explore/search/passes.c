/* Searches of growing sets of executions: without surprises, with one, with all (search/README.md). */
#include "loop.h"

static void run_pass(struct search *search, uint32_t most, uint64_t executions)
{
	search->x->surprises.most = most;
	search_graphs(search, executions);
}

/* Whether some have been left out that the search is to see. */
static bool more_to_come(const struct search *search)
{
	return search->x->surprises.left_out != 0 && search->x->surprises.most < search->most_surprises;
}

/* All executions with at most one surprise have been seen: those with more, as far as a part of the budget goes. */
static void run_others(struct search *search)
{
	bool times = (search->x->surprises.left_out & 1u << SURPRISE_TIME) != 0;
	struct search_counts count = search->count;
	uint32_t reached = machine->bounds.reached;

	search->surprises = SURPRISES_ONE;
	run_pass(search, SURPRISES_ANY, search->max_executions / SHARE_OF_SURPRISES);
	if (search_is_done(search)) {
		search->surprises = SURPRISES_LIKE_ALL;
	} else if (machine->bounds.exhausted) {
		/* What has been seen to the end before stands, whatever has been left out since. */
		search->count = count;
		machine->bounds = (struct bounds){ .reached = reached };
		/* Times are over more often than once in programs that are as they should be. */
		if (times)
			bound_reached(&machine->bounds, BOUND_TIMEOUTS);
	}
}

void search_run(struct search *search)
{
	search->surprises = SURPRISES_LIKE_ALL;
	run_pass(search, 0, search->max_executions);
	if (!search_is_done(search) || !more_to_come(search))
		return;
	search->surprises = SURPRISES_NONE;
	run_pass(search, 1, SHARE_OF_ONE_SURPRISE * search->max_executions);
	if (!search_is_done(search))
		return;
	search->surprises = SURPRISES_LIKE_ALL;
	if (more_to_come(search))
		run_others(search);
}
