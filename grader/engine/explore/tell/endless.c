/* What the search over states says: of what goes on for ever. */
#include "endless.h"

#include <stdio.h>
#include <string.h>

#include "names.h"
#include "wire_kind.h"

/* "acquire() blocks after at most 2 steps": each operation that waits so. */
static void list_blocking(const struct stateful_result *states, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (uint32_t o = 0; o < TRIAL_OPERATION_COUNT && used + 1 < size; o++) {
		const struct stateful_wait *wait = &states->wait[o];
		const char *name = wire_operation_name(machine->request, o);
		if (wait->kind != WAIT_BLOCKS || !wire_operation_blocks(machine->request, o))
			continue;
		if (used > 0)
			used += (size_t)snprintf(out + used, size - used, ", ");
		if (wait->steps == 0)
			said_write(out + used, size - used, SAID_BLOCKS_AT_ONCE, name);
		else
			said_write(out + used, size - used,
				   wait->steps == 1 ? SAID_BLOCKS_AFTER_AT_MOST_STEP : SAID_BLOCKS_AFTER_AT_MOST_STEPS,
				   name, wait->steps);
		used += strlen(out + used);
	}
}

/* How the plugin's operations wait. */
static void tell_waits(const struct stateful_result *states, struct frame_explore_property *frame)
{
	/* without a loop that is known, with one of one step, of several */
	static const enum said ways[][3] = {
		[WAIT_SLEEPS] = { SAID_SLEEPS_AND_LOOKS, SAID_SLEEPS_AND_LOOKS_STEP, SAID_SLEEPS_AND_LOOKS_STEPS },
		[WAIT_YIELDS] = { SAID_YIELDS_AND_LOOKS, SAID_YIELDS_AND_LOOKS_STEP, SAID_YIELDS_AND_LOOKS_STEPS },
		[WAIT_SPINS] = { SAID_SPINS, SAID_SPINS_STEP, SAID_SPINS_STEPS },
	};
	const struct stateful_wait *worst = &states->wait[states->worst];
	char blocking[400], way[160];

	list_blocking(states, blocking, sizeof blocking);
	if (worst->kind <= WAIT_BLOCKS) {
		if (blocking[0] != '\0')
			said_write(frame->message, sizeof frame->message, SAID_A_THREAD_THAT_WAITS_SLEEPS, blocking);
		return;
	}
	said_write(way, sizeof way, ways[worst->kind][worst->steps > 1 ? 2 : worst->steps], worst->thread,
		   wire_operation_name(machine->request, states->worst), worst->steps);
	if (blocking[0] != '\0')
		said_write(frame->message, sizeof frame->message, SAID_BUT, blocking, way);
	else
		snprintf(frame->message, sizeof frame->message, "%s", way);
	frame->code = worst->place;
}

/* Nobody has got in, in any state: then nobody was passed over, and nothing is known. */
static bool nothing_seen(const struct stateful_result *states, uint32_t property)
{
	return states->states == 0 || (property == PROPERTY_BOUNDED_WAITING && !states->entered);
}

void endless_nothing_ended(struct frame_explore_property *frame, bool cut_short)
{
	frame->outcome = EXPLORE_INCONCLUSIVE;
	said_write(frame->message, sizeof frame->message,
		   cut_short ? SAID_NO_EXECUTION_COMES_TO_ITS : SAID_NO_EXECUTION_CAME_TO_ITS);
}

void endless_judge(const struct stateful_result *states, uint32_t property, struct frame_explore_property *frame)
{
	bool fails = false;

	switch (property) {
	case PROPERTY_BOUNDED_WAITING:
		frame->max_bypass = states->max_bypass;
		fails = states->starves;
		if (states->endless)
			said_write(frame->message, sizeof frame->message, SAID_THREAD_CAN_WAIT_FOR_EVER,
				   states->victim);
		else if (fails)
			said_write(frame->message, sizeof frame->message, SAID_THREAD_WAITS_WHILE_OTHERS_ENTER,
				   states->victim, states->max_bypass, machine->request->max_bypass);
		else if (states->livelock)
			said_write(frame->message, sizeof frame->message, SAID_NOBODY_ENTERS_SEE_PROGRESS);
		break;
	case PROPERTY_BUSY_WAITING:
		fails = states->spins;
		if (fails || frame->outcome == EXPLORE_PASS)
			tell_waits(states, frame);
		break;
	case PROPERTY_PROGRESS:
		fails = states->livelock;
		if (fails)
			said_write(frame->message, sizeof frame->message, SAID_LIVELOCK_ALL_THREADS_TAKE_STEPS);
		break;
	default:
		return;
	}
	frame->executions = states->states;
	frame->complete = states->complete;
	if (fails)
		frame->outcome = EXPLORE_FAIL;
	else if (states->livelock && property != PROPERTY_BUSY_WAITING)
		frame->outcome = EXPLORE_INCONCLUSIVE;
	else if (nothing_seen(states, property) && frame->outcome == EXPLORE_PASS)
		endless_nothing_ended(frame, states->found);
	else if (states->cut && property == PROPERTY_BOUNDED_WAITING && frame->outcome == EXPLORE_PASS) {
		/* It would have needed more to tell who can be passed over how often. */
		frame->outcome = EXPLORE_INCONCLUSIVE;
		said_write(frame->message, sizeof frame->message, SAID_THERE_ARE_MORE_STATES_THAN, states->states);
	} else if (!states->complete && frame->message[0] == '\0') {
		/* A search that reached its budget has found nothing against it; that it is not complete is told with
		 * it. */
		said_write(frame->message, sizeof frame->message, SAID_WITHIN_THE_FIRST_STATES, states->states);
	} else if (states->entries != 0 && frame->message[0] == '\0') {
		frame->complete = 0;
		said_write(frame->message, sizeof frame->message, SAID_WITHIN_THE_FIRST_ENTRIES, states->entries);
	}
}

bool endless_any_waits(const struct stateful_result *states)
{
	for (uint32_t o = 0; o < TRIAL_OPERATION_COUNT; o++) {
		if (states->wait[o].kind != WAIT_UNKNOWN)
			return true;
	}
	return false;
}

enum coverage_kind endless_coverage(const struct stateful_result *states, uint32_t property)
{
	if (states->complete)
		return states->entries != 0 ? COVERAGE_BOUNDED : COVERAGE_ALL;
	/* What counters hold is left out, which is a bound: of loops that go on in the same way for as long as they are
	 * followed (states/counters.c). Who is not seen to wait cannot be seen to be passed over. */
	if (states->counts && !states->cut &&
	    (property == PROPERTY_BUSY_WAITING || (property == PROPERTY_PROGRESS && !states->found) ||
	     (property == PROPERTY_BOUNDED_WAITING && !states->unsettled)))
		return COVERAGE_BOUNDED;
	return states->states > 0 ? COVERAGE_SAMPLED : COVERAGE_NOTHING;
}
