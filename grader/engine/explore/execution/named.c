/* Steps that a schedule names. */
#include "named.h"

#include "places.h"

bool named_read(struct execution *x, ref r, const struct schedule_step *step, ref *from)
{
	const struct graph *graph = machine->graph;
	const struct event *event = graph_event(graph, r);
	const struct refs *writes = &graph->location[event->location].writes;

	*from = writes->n == 0 ? REF_INITIAL : writes->ref[writes->n - 1];
	if (step->how != SCHEDULE_NEWEST && step->how != SCHEDULE_READS) {
		execution_misfit(x, SAID_IT_READS_WHERE_THE_SCHEDULE);
		return false;
	}
	if (step->how == SCHEDULE_READS && step->other_thread == SCHEDULE_INITIAL) {
		*from = REF_INITIAL;
	} else if (step->how == SCHEDULE_READS) {
		*from = REF(step->other_thread, step->number);
		if (step->other_thread >= machine->n_threads || step->number >= graph->thread[step->other_thread].n ||
		    (graph_event(graph, *from)->flags & EVENT_WRITES) == 0 ||
		    graph_event(graph, *from)->location != event->location) {
			execution_misfit(x, SAID_STEP_OF_THREAD_HAS_NOT, step->number + 1, step->other_thread);
			return false;
		}
	}
	if (!places_may_read(machine->graph, r, *from, step->taken_back)) {
		execution_misfit(x, SAID_THE_MEMORY_MODEL_DOES_NOT);
		return false;
	}
	return true;
}

bool named_write(struct execution *x, ref w, const struct schedule_step *step, const int32_t *place, uint32_t n,
		 uint32_t *which)
{
	const struct event *event = graph_event(machine->graph, w);
	const struct refs *writes = &machine->graph->location[event->location].writes;

	*which = 0;
	if ((event->flags & EVENT_READS) != 0)
		return true; /* just after what it reads: there is but one place */
	if (step->how == SCHEDULE_NEWEST)
		return true;
	for (uint32_t k = 0; k < n && step->how == SCHEDULE_BEFORE; k++) {
		if (place[k] < (int32_t)writes->n && writes->ref[place[k]] == REF(step->other_thread, step->number)) {
			*which = k;
			return true;
		}
	}
	execution_misfit(x, step->how == SCHEDULE_BEFORE ? SAID_THE_MEMORY_MODEL_DOES_NOT_LET
							 : SAID_IT_WRITES_WHERE_THE_SCHEDULE);
	return false;
}

bool named_choice(struct execution *x, const struct schedule_step *step, uint32_t choices, uint64_t *which)
{
	*which = step->how == SCHEDULE_TAKES ? step->number : 0;
	if ((step->how == SCHEDULE_NEWEST && !step->taken_back) || (step->how == SCHEDULE_TAKES && *which < choices))
		return true;
	execution_misfit(x, SAID_THERE_IS_NO_SUCH_ALTERNATIVE);
	return false;
}
