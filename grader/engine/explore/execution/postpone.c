#include "postpone.h"

#include "clocks.h"

static bool is_put_off(const struct run_thread *thread)
{
	return thread->status == THREAD_WAITING && thread->reason == BLOCK_LIBRARY;
}

void postpone(struct execution *x, struct run_thread *thread, uint32_t location)
{
	struct past *past = past_of(x, thread);

	graph_drop_read(machine->graph, thread_number(thread));
	uint32_t n = machine->graph->thread[thread_number(thread)].n;
	if (past->seen.noted > n)
		past->seen.noted = n;
	if (past->noted_long > n)
		past->noted_long = n;
	thread->status = THREAD_WAITING;
	thread->reason = BLOCK_LIBRARY;
	past->put_off_at = location;
	past->seen_writes = machine->graph->location[location].writes.n;
}

static uint64_t newest_value(uint32_t location)
{
	const struct refs *writes = &machine->graph->location[location].writes;

	return event_written(machine->graph, location, writes->n > 0 ? writes->ref[writes->n - 1] : REF_INITIAL);
}

void postponed_let_on(struct execution *x, uint32_t location)
{
	for (uint32_t t = 0; t < machine->n_threads && x->postpones; t++) {
		struct run_thread *thread = &machine->thread[t];
		uint64_t none;
		if (!is_put_off(thread) || x->past[t].put_off_at != location ||
		    rule_apply(&thread->action.rule, newest_value(location), &none) == OUTCOME_BLOCK)
			continue;
		thread->status = THREAD_ASKING;
		if (t < x->let_on)
			x->let_on = t;
	}
}

bool postponed_is_next(const struct execution *x, const struct run_thread *thread)
{
	return x->let_on < (uint32_t)(thread - machine->thread);
}

struct run_thread *postponed_turn(struct execution *x)
{
	x->let_on = NO_THREAD;
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		enum thread_status status = machine->thread[t].status;
		if (status == THREAD_READY || status == THREAD_ASKING)
			return &machine->thread[t];
	}
	x->postpones = false;
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (!is_put_off(&machine->thread[t]))
			continue;
		machine->thread[t].status = THREAD_ASKING;
		return &machine->thread[t];
	}
	return NULL;
}
