#include "states.h"

static enum wait_kind kind_of_wait(const struct alone *alone)
{
	if (!alone->spins)
		return WAIT_BLOCKS;
	return (alone->pauses & PAUSE_SLEEP) != 0   ? WAIT_SLEEPS
	       : (alone->pauses & PAUSE_YIELD) != 0 ? WAIT_YIELDS
						    : WAIT_SPINS;
}

/* How thread t waits, in the operation that it is inside, as it is let run from this state on: the others are between
 * two operations, or asleep, so that it cannot just be in one's way. False: it does not wait. */
static bool look_at_wait(struct states *sf, uint32_t index, uint32_t t, struct stateful_wait *wait, uint32_t *operation)
{
	const struct state *state = &sf->state[index];
	struct alone alone;

	uint16_t others = (uint16_t)(((1u << machine->n_threads) - 1) & ~(1u << t));
	if (state->operation[t] == TRIAL_OPERATION_NONE || (state->quiet & others) != others)
		return false;
	uint32_t end = run_alone(sf, index, t, &alone, NULL);
	if (end == NOWHERE && !alone.spins)
		return false;
	if (alone.returned)
		return false;
	end = end == NOWHERE ? index : end;
	uint32_t begun = (state->midway & 1u << t) == 0 ? state->begun[t] : 0;
	*wait = (struct stateful_wait){ .kind = kind_of_wait(&alone),
					.steps = alone.spins ? alone.round : begun + alone.steps,
					.thread = t,
					.state = index };
	/* The library's own loop. */
	if (!alone.spins && (sf->state[end].spinning & 1u << t) != 0)
		*wait = (struct stateful_wait){ .kind = WAIT_SPINS, .steps = 1, .thread = t, .state = index };
	*operation = sf->state[end].operation[t];
	return *operation != TRIAL_OPERATION_NONE && *operation < TRIAL_OPERATION_COUNT;
}

/* A step of the loop that was found; of the library's, the call of it. */
static void place_wait(struct states *sf, struct stateful_wait *wait)
{
	const struct run_thread *thread = &machine->thread[wait->thread];
	struct alone alone;
	uint32_t end = run_alone(sf, wait->state, wait->thread, &alone, NULL);

	states_go_to(sf, end == NOWHERE ? wait->state : end);
	machine_site(alone.spins ? thread->action.pc : thread->library_site, &wait->place);
	states_stop();
	machine->end = END_NONE;
}

/* How it comes to the state, and what the thread does from there until it is where it was before: that repeats. */
static void tell_spin(struct states *sf, const struct stateful_wait *wait)
{
	static uint32_t seen[ALONE_MAX], begun[ALONE_MAX];
	uint32_t at = wait->state, m = wait->thread * ALTERNATIVES, n = 0;

	story_state(sf, STORY_SPINS, wait->state);
	while (n < ALONE_MAX && (sf->state[at].enabled & 1u << wait->thread) != 0 && sf->state[at].next[m] != NOWHERE &&
	       sf->story_n[STORY_SPINS] + SEGMENT_MAX < DEPTH_MAX) {
		for (uint32_t i = 0; i < n; i++) {
			if (seen[i] == at) {
				sf->story_cycle[STORY_SPINS] = begun[i];
				return;
			}
		}
		seen[n] = at;
		begun[n++] = sf->story_n[STORY_SPINS];
		story_add_move(sf, STORY_SPINS, at, m);
		at = sf->state[at].next[m];
	}
	/* A loop of the library's own is no steps of the story. */
	if ((sf->state[at].enabled & 1u << wait->thread) == 0)
		sf->story_cycle[STORY_SPINS] = sf->story_n[STORY_SPINS];
}

void waits_judge(struct states *sf, struct stateful_result *result)
{
	for (uint32_t i = 0; i < sf->n; i++) {
		for (uint32_t t = 0; t < machine->n_threads; t++) {
			struct stateful_wait seen, *known;
			uint32_t operation;
			if (!look_at_wait(sf, i, t, &seen, &operation))
				continue;
			known = &result->wait[operation];
			if (seen.kind > known->kind)
				*known = seen;
			else if (seen.kind == WAIT_BLOCKS && known->kind == WAIT_BLOCKS && seen.steps > known->steps)
				known->steps = seen.steps;
		}
	}
	for (uint32_t o = 0; o < TRIAL_OPERATION_COUNT; o++) {
		if (result->wait[o].kind > result->wait[result->worst].kind)
			result->worst = (enum trial_operation)o;
		if (result->wait[o].kind > WAIT_BLOCKS)
			place_wait(sf, &result->wait[o]);
	}
	struct stateful_wait *worst = &result->wait[result->worst];
	if (worst->kind <= WAIT_BLOCKS)
		return;
	result->spins = true;
	tell_spin(sf, worst);
}
