#include "states.h"

#include <string.h>

static uint32_t find_state(struct states *sf, uint64_t hash, bool *new)
{
	for (uint32_t i = (uint32_t)(hash % TABLE);; i = (i + 1) % TABLE) {
		*new = sf->table[i] == 0;
		if (*new) {
			if (sf->n == sf->most) {
				bound_reached(&sf->bounds, BOUND_STATES);
				return NOWHERE;
			}
			sf->table[i] = ++sf->n;
			return sf->n - 1;
		}
		if (sf->state[sf->table[i] - 1].hash == hash)
			return sf->table[i] - 1;
	}
}

uint32_t states_note(struct states *sf, uint32_t parent, uint32_t thread, uint32_t alternative)
{
	bool new;
	uint16_t can = 0, done = 0, spinning = 0, outside = 0;

	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (states_enabled(sf, &machine->thread[t]))
			can |= (uint16_t)(1u << t);
		else if (machine->thread[t].status == THREAD_ASKING && machine->thread[t].library_call != NULL &&
			 strcmp(machine->thread[t].library_call, "pthread_spin_lock") == 0)
			spinning |= (uint16_t)(1u << t);
		if (machine->thread[t].status == THREAD_DONE)
			done |= (uint16_t)(1u << t);
		if (machine->thread[t].operation == TRIAL_OPERATION_NONE)
			outside |= (uint16_t)(1u << t);
	}
	uint64_t hash = states_hash(sf);
	uint32_t index = find_state(sf, hash, &new);
	if (index == NOWHERE || !new)
		return index;
	struct state *state = &sf->state[index];
	*state = (struct state){ .hash = hash,
				 .parent = parent,
				 .depth = parent == NOWHERE ? 0 : sf->state[parent].depth + 1,
				 .thread = (uint16_t)thread,
				 .alternative = (uint16_t)alternative,
				 .enabled = can,
				 .requesting = sf->requesting,
				 .inside = sf->inside,
				 .midway = sf->midway,
				 .done = done,
				 .pc = machine->thread[thread].action.pc,
				 .spinning = spinning,
				 .quiet = (uint16_t)(~sf->midway | outside | ~can) };
	memset(state->next, 0xff, sizeof state->next);
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		const struct action *action = &machine->thread[t].action;
		uint32_t n = action->kind == ACTION_CHOICE ? action->choices : 1;
		state->choices[t] = (uint8_t)(n < ALTERNATIVES ? n : ALTERNATIVES);
		state->operation[t] = (uint8_t)machine->thread[t].operation;
	}
	return index;
}

void states_go_to(struct states *sf, uint32_t index)
{
	static uint32_t path[DEPTH_MAX];
	uint32_t n = 0;

	for (uint32_t at = index; sf->state[at].parent != NOWHERE && n < DEPTH_MAX; at = sf->state[at].parent)
		path[n++] = at;
	states_start(sf);
	while (n-- > 0 && machine->end == END_NONE) {
		/* Those who cannot go on line up in every state on the way. */
		for (uint32_t t = 0; t < machine->n_threads; t++)
			states_enabled(sf, &machine->thread[t]);
		states_move(sf, sf->state[path[n]].thread, sf->state[path[n]].alternative);
	}
	for (uint32_t t = 0; t < machine->n_threads; t++)
		states_enabled(sf, &machine->thread[t]);
}

static void expand(struct states *sf, uint32_t index)
{
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		for (uint32_t k = 0; k < sf->state[index].choices[t]; k++) {
			if ((sf->state[index].enabled & 1u << t) == 0)
				continue;
			states_go_to(sf, index);
			if (machine->crash[0] != '\0') {
				states_stop();
				return;
			}
			if (machine->end != END_NONE || sf->state[index].depth + 1 >= BUILD_DEPTH_MAX) {
				sf->cut = true;
				bound_reached(&sf->bounds, BOUND_DEPTH);
				states_stop();
				return;
			}
			sf->entered = 0;
			sf->pauses = 0;
			states_move(sf, t, k);
			if (machine->end == END_NONE) {
				uint32_t next = states_note(sf, index, t, k);
				sf->state[index].next[t * ALTERNATIVES + k] = next;
				sf->state[index].entered[t * ALTERNATIVES + k] = sf->entered;
				sf->state[index].pauses[t * ALTERNATIVES + k] = sf->pauses;
				sf->cut |= next == NOWHERE;
			} else {
				/* A finding cuts the path: another search tells it. */
				sf->cut |= machine->end == END_STOP;
				sf->found |= machine->end == END_FINDING;
				machine->end = END_NONE;
			}
			states_stop();
		}
	}
}

void states_build(struct states *sf)
{
	states_start(sf);
	sf->found |= machine->end == END_FINDING;
	if (machine->end == END_NONE)
		states_note(sf, NOWHERE, 0, 0);
	states_stop();
	for (uint32_t i = 0; i < sf->n && machine->crash[0] == '\0'; i++)
		expand(sf, i);
}
