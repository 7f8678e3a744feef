/* Searches of growing sets of executions: without surprises, with one, with all (search/README.md). */
#include "loop.h"

/* What is known once a search has come to its end. */
struct counts {
	uint64_t executions, complete, blocked, halted, cut, events;
	uint32_t bounds;
};

static struct counts counts_now(const struct search *search)
{
	return (struct counts){ .executions = search->executions,
				.complete = search->complete,
				.blocked = search->blocked,
				.halted = search->halted,
				.cut = search->cut,
				.events = search->events,
				.bounds = machine->bounds.reached };
}

/* What has been seen to the end before stands, whatever has been left out since. */
static void count_again(struct search *search, const struct counts *counts)
{
	search->executions = counts->executions;
	search->complete = counts->complete;
	search->blocked = counts->blocked;
	search->halted = counts->halted;
	search->cut = counts->cut;
	search->events = counts->events;
	machine->bounds.reached = counts->bounds;
	machine->bounds.exhausted = false;
}

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
	struct counts counts = counts_now(search);

	search->surprises = SURPRISES_ONE;
	run_pass(search, SURPRISES_ANY, search->max_executions / SHARE_OF_SURPRISES);
	if (search_is_done(search)) {
		search->surprises = SURPRISES_LIKE_ALL;
	} else if (machine->bounds.exhausted) {
		count_again(search, &counts);
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
