/* An execution in which somebody chooses each step. */
#include "schedule.h"

static uint32_t always_first(void *chooser, enum alternative_kind kind, uint32_t n)
{
	(void)chooser;
	(void)kind;
	(void)n;
	return 0;
}

/* Its threads run in the order of their numbers (execution_run). */
const struct scheduler scheduler_exhaustive = { .name = "exhaustive", .exhaustive = true, .alternative = always_first };

/* Whether a thread can take a step; one that waits can when what it looked at has changed. */
static bool may_go(struct execution *x, struct run_thread *thread)
{
	const struct graph_thread *events = &machine->graph->thread[thread - machine->thread];

	if (thread->status != THREAD_WAITING)
		return thread->status != THREAD_DONE && thread->status != THREAD_BLOCKED;
	if (thread->reason == BLOCK_LIBRARY)
		return machine->graph->location[past_of(x, thread)->put_off_at].writes.n !=
		       past_of(x, thread)->seen_writes;
	for (uint32_t i = past_of(x, thread)->spin_begin; i < past_of(x, thread)->spin_end; i++) {
		const struct event *event = &events->event[i];
		if ((event->flags & (EVENT_READS | EVENT_COUNTS)) != EVENT_READS)
			continue;
		int32_t newest = (int32_t)machine->graph->location[event->location].writes.n - 1;
		int32_t own = (event->flags & EVENT_WRITES) != 0 ? event->mo : graph_mo(machine->graph, event->from);
		if (newest > own) {
			past_of(x, thread)->woken = true;
			return true;
		}
	}
	return false;
}

/* Those who wait do so for good now. */
static void settle_waiting(struct execution *x)
{
	for (uint32_t t = 0; t < machine->n_threads && machine->end == END_NONE; t++) {
		if (machine->thread[t].status != THREAD_WAITING)
			continue;
		if (machine->thread[t].reason == BLOCK_LIBRARY)
			execution_event(x, &machine->thread[t], &machine->thread[t].action);
		else
			machine->thread[t].status = THREAD_BLOCKED;
	}
}

/* What an execution does of itself, once nobody chooses any more. */
static const struct scheduler first_of_all = { .name = "the first of all", .alternative = always_first };

void schedule_execute(struct execution *x, const struct scheduler *scheduler, void *chooser)
{
	uint32_t last = machine->n_threads;

	execution_clear(x);
	execution_begin(x);
	execution_schedule(x, scheduler, chooser);
	x->forward = true;
	x->steps = 0;
	while (machine->end == END_NONE) {
		uint32_t can[THREADS_MAX], n = 0;
		for (uint32_t t = 0; t < machine->n_threads; t++) {
			if (may_go(x, &machine->thread[t]))
				can[n++] = t;
		}
		last = n == 0 ? NO_THREAD : scheduler->thread(x, can, n, last);
		if (last == NO_THREAD)
			break;
		execution_advance(x, &machine->thread[last], true);
	}
	bool verdict = machine->end == END_NONE && (scheduler->end == NULL || scheduler->end(x));
	execution_schedule(x, &first_of_all, NULL);
	if (verdict && machine->end == END_NONE)
		settle_waiting(x);
	execution_schedule(x, scheduler, chooser);
	if (verdict && machine->end == END_NONE)
		execution_conclude(x);
}
