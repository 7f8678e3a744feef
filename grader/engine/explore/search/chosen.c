/* Series of executions in which somebody chooses each step. */
#include "loop.h"
#include "schedule.h"
#include "search.h"
#include "violation.h"
#include "worklist.h"

void search_chosen(struct search *search, const struct scheduler *scheduler, uint32_t n)
{
	uint32_t longest = 0, restarts = 0, endless = 0;

	search->work = search->found_work = 0;
	search->n_violated = violation_properties(search->found);
	for (uint32_t i = 0; i < search_share(search, n) && endless < DROPPED_MAX && machine->end != END_STOP &&
			     !violation_enough(search->found);
	     i++) {
		if (search_out_of_work(search) || !scheduler->begin(search->strategies, machine->n_threads, longest))
			break;
		schedule_execute(search->x, scheduler, search->strategies);
		search_count(search);
		if (machine->end == END_RESTART) {
			strategies_reset(search->strategies);
			if (++restarts > RESTARTS_MAX)
				machine_give_up(SAID_VARIABLES_ARE_ACCESSED_IN_MORE);
		}
		if (search->x->steps >= EXECUTION_STEPS_MAX)
			bound_reached(&machine->bounds, BOUND_EVENTS);
		endless += search->x->steps >= EXECUTION_STEPS_MAX;
		search->dropped += search->x->steps >= EXECUTION_STEPS_MAX;
		if (search->x->steps > longest)
			longest = search->x->steps;
	}
	execution_schedule(search->x, &scheduler_exhaustive, NULL);
}
