/* What the search over states says: of what goes on for ever. */
#include "endless.h"

#include <stdio.h>

#include "names.h"
#include "wire_kind.h"

/* "acquire() blocks after at most 2 steps": each operation that waits so. */
static void list_blocking(const struct stateful_result *states, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (uint32_t o = 0; o < TRIAL_OPERATION_COUNT && used + 1 < size; o++) {
		const struct stateful_wait *wait = &states->wait[o];
		if (wait->kind != WAIT_BLOCKS || !wire_operation_blocks(machine->request, o))
			continue;
		char steps[48] = "at once";
		if (wait->steps > 0)
			snprintf(steps, sizeof steps, "after at most %u step%s", wait->steps,
				 wait->steps == 1 ? "" : "s");
		used += (size_t)snprintf(out + used, size - used, "%s%s() blocks %s", used > 0 ? ", " : "",
					 wire_operation_name(machine->request, o), steps);
	}
}

/* How the plugin's operations wait. */
static void tell_waits(const struct stateful_result *states, struct frame_explore_property *frame)
{
	static const char *const ways[] = { [WAIT_SLEEPS] =
						"wakes up again and again while it waits: %s() sleeps and looks",
					    [WAIT_YIELDS] = "burns the processor while it waits: %s() yields and looks",
					    [WAIT_SPINS] = "burns the processor while it waits: %s() spins" };
	const struct stateful_wait *worst = &states->wait[states->worst];
	char blocking[256], way[160], loop[48] = "";

	list_blocking(states, blocking, sizeof blocking);
	if (worst->kind <= WAIT_BLOCKS) {
		if (blocking[0] != '\0')
			snprintf(frame->message, sizeof frame->message, "a thread that waits sleeps: %s", blocking);
		return;
	}
	snprintf(way, sizeof way, ways[worst->kind], wire_operation_name(machine->request, states->worst));
	if (worst->steps > 0)
		snprintf(loop, sizeof loop, ", in a loop of %u step%s", worst->steps, worst->steps == 1 ? "" : "s");
	snprintf(frame->message, sizeof frame->message, "%s%sthread %u %s%s", blocking,
		 blocking[0] != '\0' ? "; but " : "", worst->thread, way, loop);
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
	snprintf(frame->message, sizeof frame->message,
		 cut_short ? "no execution comes to its end: each is cut short by another violation"
			   : "no execution came to its end within the explorer's budget");
}

void endless_judge(const struct stateful_result *states, uint32_t property, struct frame_explore_property *frame)
{
	bool fails = false;

	switch (property) {
	case PROPERTY_BOUNDED_WAITING:
		frame->max_bypass = states->max_bypass;
		fails = states->starves;
		if (states->endless)
			snprintf(frame->message, sizeof frame->message,
				 "thread %u can wait for ever while others enter again and again: the steps marked can "
				 "repeat "
				 "without end",
				 states->victim);
		else if (fails)
			snprintf(
			    frame->message, sizeof frame->message,
			    "thread %u waits while others enter %d times before it, more than the %u that are allowed",
			    states->victim, states->max_bypass, machine->request->max_bypass);
		else if (states->livelock)
			snprintf(frame->message, sizeof frame->message, "nobody enters: see progress");
		break;
	case PROPERTY_BUSY_WAITING:
		fails = states->spins;
		if (fails || frame->outcome == EXPLORE_PASS)
			tell_waits(states, frame);
		break;
	case PROPERTY_PROGRESS:
		fails = states->livelock;
		if (fails)
			snprintf(frame->message, sizeof frame->message,
				 "livelock: all threads take steps for ever, and none of them gets in");
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
	else if (states->cut && property == PROPERTY_BOUNDED_WAITING) {
		/* It would have needed more to tell who can be passed over how often. */
		frame->outcome = EXPLORE_INCONCLUSIVE;
		snprintf(frame->message, sizeof frame->message,
			 "there are more states than the budget allows for: none of the first %u shows too long a wait",
			 states->states);
	} else if (!states->complete && frame->message[0] == '\0') {
		/* A search that reached its budget has found nothing against it; that it is not complete is told with
		 * it. */
		snprintf(frame->message, sizeof frame->message, "within the first %u states", states->states);
	} else if (states->entries != 0 && frame->message[0] == '\0') {
		frame->complete = 0;
		snprintf(frame->message, sizeof frame->message, "within the first %u entries", states->entries);
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
