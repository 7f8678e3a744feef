#include "states.h"

/* Who must be let run: has a request, or is in the midst of a call. */
bool is_engaged(const struct state *state, uint32_t t)
{
	return ((state->requesting | state->midway) & 1u << t) != 0;
}

static void add_steps(uint32_t *path, uint32_t at, uint32_t t, uint32_t n)
{
	for (uint32_t i = 0; path != NULL && i < n; i++)
		path[at + i] = t * ALTERNATIVES;
}

uint32_t run_alone(struct states *sf, uint32_t from, uint32_t t, struct alone *alone, uint32_t *path)
{
	uint32_t at = from, anchor = from, power = 1, moves = 0, round = 0;

	*alone = (struct alone){ 0 };
	for (;;) {
		const struct state *state = &sf->state[at];
		uint32_t next = state->next[t * ALTERNATIVES], length = state->length[t * ALTERNATIVES];
		if ((state->enabled & 1u << t) == 0)
			return at;
		alone->ahead = state->ahead;
		if (next == NOWHERE)
			return NOWHERE;
		if (alone->steps + length > ALONE_MAX)
			break;
		add_steps(path, alone->steps, t, length);
		alone->steps += length;
		alone->entered = state->entered[t * ALTERNATIVES];
		alone->pauses |= state->pauses[t * ALTERNATIVES];
		alone->returned |= (state->pauses[t * ALTERNATIVES] & PAUSE_RETURN) != 0;
		at = next;
		if ((alone->entered & 1u << t) != 0 || !is_engaged(&sf->state[at], t))
			return at;
		/* Brent's way to find a cycle: the anchor moves ahead at powers of two. */
		moves++;
		round += length;
		if (at == anchor) {
			alone->spins = true;
			alone->round = round;
			return at;
		}
		if (moves == power) {
			power *= 2;
			moves = round = 0;
			anchor = at;
			alone->pauses = 0;
		}
	}
	alone->spins = true;
	return NOWHERE;
}
