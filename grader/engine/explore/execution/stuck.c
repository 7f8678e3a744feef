/* Threads that wait for what does not come. */
#include "execution.h"

#include <stdio.h>
#include <string.h>

#include "events.h"
#include "library_state.h"
#include "loops.h"
#include "names.h"
#include "wire_kind.h"

static bool stuck_for_good(struct execution *x, const struct run_thread *thread)
{
	const struct graph_thread *events = &machine->graph->thread[thread - machine->thread];

	/* Its time will be over, which this execution does not show. */
	if (thread->reason == BLOCK_LIBRARY && library_state.thread[thread - machine->thread].timed)
		return false;
	if (thread->reason == BLOCK_LIBRARY)
		return event_reads_newest(&events->event[events->n - 1]);
	if (thread->reason != BLOCK_SPIN || (past_of(x, thread)->spin_leaves && !loops_left_before(x, thread)))
		return false;
	for (uint32_t i = past_of(x, thread)->spin_begin; i < past_of(x, thread)->spin_end; i++) {
		if ((events->event[i].flags & (EVENT_READS | EVENT_COUNTS)) == EVENT_READS &&
		    !event_reads_newest(&events->event[i]))
			return false;
	}
	return true;
}

static const struct event *waits_at(const struct run_thread *thread)
{
	const struct graph_thread *events = &machine->graph->thread[thread - machine->thread];

	return thread->status == THREAD_BLOCKED && events->n > 0 ? &events->event[events->n - 1] : NULL;
}

static bool sleeps(const struct run_thread *thread)
{
	const struct event *event = waits_at(thread);

	return event != NULL && thread->reason == BLOCK_LIBRARY && event->rule.rule == RULE_AWAIT_CLEAR;
}

int execution_gate(const struct run_thread *thread)
{
	const struct event *event = waits_at(thread);

	if (event == NULL || (event->flags & EVENT_LIBRARY) == 0)
		return -1;
	uint64_t address = location_at(&machine->model, event->location)->address;
	return KEY_OF(address) == KEY_GATE ? (int)((KEY_ADDRESS(address) - 4096) / 16) : -1;
}

static size_t describe_wait(const struct run_thread *thread, char *out, size_t size)
{
	const char *call = thread->library_call, *in = wire_operation_name(machine->request, thread->operation);
	uint32_t t = thread_number(thread);
	bool inside = thread->operation != TRIAL_OPERATION_NONE;

	if (sleeps(thread) && inside)
		said_write(out, size, SAID_THREAD_SLEEPS_IN, t, in, call);
	else if (sleeps(thread))
		said_write(out, size, SAID_THREAD_SLEEPS, t, call);
	else if (thread->reason == BLOCK_LIBRARY && call != NULL && inside)
		said_write(out, size, SAID_THREAD_WAITS_IN, t, in, call);
	else if (thread->reason == BLOCK_LIBRARY && call != NULL)
		said_write(out, size, SAID_THREAD_WAITS, t, call);
	else if (inside)
		said_write(out, size, SAID_WAITS_IN, t, in);
	else
		said_write(out, size, SAID_WAITS, t);
	return strlen(out);
}

/* All that is left waits, and for what has the newest value: nothing will change. */
static void report_stuck(void)
{
	char message[WIRE_TEXT_MAX] = "";
	size_t used = 0;
	uint32_t waiting = 0, sleeping = 0;

	for (uint32_t t = 0; t < machine->n_threads; t++) {
		const struct run_thread *thread = &machine->thread[t];
		if (thread->status != THREAD_BLOCKED)
			continue;
		int gate = execution_gate(thread);
		if (gate >= 0 && gate < (int)TRIAL_GATES_MAX) {
			char stuck[WIRE_TEXT_MAX];
			said_write(stuck, sizeof stuck, SAID_WORKLOAD, machine->gate[gate].stuck);
			finding(machine->gate[gate].property, machine->n_threads, stuck);
			continue;
		}
		if (used > 0 && used + 2 < sizeof message)
			used += (size_t)snprintf(message + used, sizeof message - used, ", ");
		used += describe_wait(thread, message + used, sizeof message - used);
		waiting++;
		sleeping += sleeps(thread) ? 1 : 0;
	}
	if (waiting == 0)
		return;
	char whole[WIRE_TEXT_MAX + 64];
	if (sleeping > 0) {
		said_write(whole, sizeof whole, SAID_LOST_WAKE_UP_AND_NO, message);
	} else {
		said_write(whole, sizeof whole, SAID_DEADLOCK_FOR_WHAT_NO_ONE, message);
	}
	finding(PROPERTY_PROGRESS, machine->n_threads, whole);
	/* Where progress is not judged by itself, it is whether each wait comes back. */
	bool asked = (machine->request->properties & 1u << PROPERTY_LOST_WAKEUP) != 0;
	if (sleeping > 0 || (asked && (machine->request->properties & 1u << PROPERTY_PROGRESS) == 0))
		finding(PROPERTY_LOST_WAKEUP, machine->n_threads, whole);
}

void execution_check_stuck(struct execution *x)
{
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (machine->thread[t].status == THREAD_BLOCKED && !stuck_for_good(x, &machine->thread[t]))
			return;
	}
	/* That a loop was endless where it was learnt does not say that it is so here. */
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		loops_settle(x, &machine->thread[t]);
		if (machine->thread[t].status == THREAD_BLOCKED && past_of(x, &machine->thread[t])->spin_leaves)
			return;
	}
	report_stuck();
}
