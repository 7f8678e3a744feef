#include "surprise.h"

static uint32_t surprises_in(const struct graph *graph)
{
	uint32_t n = 0;

	for (uint32_t t = 0; t < graph->n_threads; t++) {
		for (uint32_t i = 0; i < graph->thread[t].n; i++) {
			const struct event *event = &graph->thread[t].event[i];
			n += (event->flags & EVENT_SURPRISE) != 0 && event->read_value != 0;
		}
	}
	return n;
}

uint32_t surprise_choices(struct execution *x, const struct action *action)
{
	if (!x->scheduler->exhaustive || action->surprise == SURPRISE_NONE || x->surprises.most == SURPRISES_ANY ||
	    surprises_in(machine->graph) < x->surprises.most)
		return action->choices;
	x->surprises.left_out |= 1u << action->surprise;
	return 1;
}

bool surprise_sleeps(const struct action *action)
{
	return action->rule.library && action->rule.rule == RULE_OR;
}

static bool is_step(const struct event *event, enum rule rule)
{
	return (event->flags & EVENT_LIBRARY) != 0 && event->rule.rule == rule;
}

/* A call of pthread_cond_wait() that has ended by a surprise. */
enum { JOINS, UNLOCKS, CHOOSES, LEAVES, LOCKS, STEPS_OF_A_CALL };

bool surprise_in_vain(struct run_thread *thread, uint64_t state)
{
	const struct graph_thread *events = &machine->graph->thread[thread_number(thread)];

	if (events->n < STEPS_OF_A_CALL)
		return false;
	const struct event *call = &events->event[events->n - STEPS_OF_A_CALL];
	if (call[JOINS].state != state || call[JOINS].operation != thread->operations ||
	    call[JOINS].plain_writes != thread->plain_writes)
		return false;
	if (!is_step(&call[JOINS], RULE_OR) || !is_step(&call[UNLOCKS], RULE_STORE) ||
	    !is_step(&call[LEAVES], RULE_AND) || !is_step(&call[LOCKS], RULE_AWAIT_EXCHANGE) ||
	    (call[CHOOSES].flags & EVENT_SURPRISE) == 0 || call[CHOOSES].read_value == 0 ||
	    call[UNLOCKS].location != call[LOCKS].location)
		return false;
	thread->status = THREAD_BLOCKED;
	thread->reason = BLOCK_SHORTCUT;
	return true;
}
