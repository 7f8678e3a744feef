#include "states.h"

/* Who must be let run: has a request, or is in the midst of a call. */
bool is_engaged(const struct state *state, uint32_t t)
{
	return ((state->requesting | state->midway) & 1u << t) != 0;
}

/* Lets a thread run alone until it waits (blocked, or round a loop that changes nothing) or enters, or where it asks
 * for nothing, until the call is over that it is in. Returns where that is; NOWHERE: unknown. Each move goes to `path`,
 * if that is not NULL. */
uint32_t run_alone(struct states *sf, uint32_t from, uint32_t t, struct alone *alone, uint32_t *path)
{
	uint32_t at = from, anchor = from, power = 1, steps = 0;

	*alone = (struct alone){ 0 };
	while (alone->moves < ALONE_MAX) {
		const struct state *state = &sf->state[at];
		if ((state->enabled & 1u << t) == 0)
			return state->enabled == 0 && sf->entries != 0 ? NOWHERE : at;
		uint32_t next = state->next[t * ALTERNATIVES];
		if (next == NOWHERE)
			return NOWHERE;
		if (path != NULL)
			path[alone->moves] = t * ALTERNATIVES;
		alone->moves++;
		alone->entered = state->entered[t * ALTERNATIVES];
		alone->pauses |= state->pauses[t * ALTERNATIVES];
		alone->returned |= (state->pauses[t * ALTERNATIVES] & PAUSE_RETURN) != 0;
		at = next;
		if ((alone->entered & 1u << t) != 0 || !is_engaged(&sf->state[at], t))
			return at;
		/* Brent's way to find a cycle: the anchor moves ahead at powers of two. */
		steps++;
		if (at == anchor) {
			alone->spins = true;
			alone->round = steps;
			return at;
		}
		if (steps == power) {
			power *= 2;
			steps = 0;
			anchor = at;
			alone->pauses = 0;
		}
	}
	alone->spins = true;
	return NOWHERE;
}
