#include "states.h"

#include <string.h>

#include "library_state.h"

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
	uint16_t can = 0, done = 0, spinning = 0, outside = 0, timed = 0;

	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (states_enabled(sf, &machine->thread[t]))
			can |= (uint16_t)(1u << t);
		else if (machine->thread[t].status == THREAD_ASKING && machine->thread[t].library_call != NULL &&
			 strcmp(machine->thread[t].library_call, "pthread_spin_lock") == 0)
			spinning |= (uint16_t)(1u << t);
		if (library_state.thread[t].timed)
			timed |= (uint16_t)(1u << t);
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
				 .n_entries = sf->n_entries,
				 .ahead = true,
				 .thread = (uint16_t)thread,
				 .alternative = (uint16_t)alternative,
				 .enabled = can,
				 .requesting = sf->requesting,
				 .inside = sf->inside,
				 .midway = sf->midway,
				 .done = done,
				 .pc = machine->thread[thread].action.pc,
				 .spinning = spinning,
				 .timed = timed,
				 .quiet = (uint16_t)(~sf->midway | outside | ~can) };
	memset(state->next, 0xff, sizeof state->next);
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		state->choices[t] = (uint8_t)states_choices(sf, &machine->thread[t].action);
		state->operation[t] = (uint8_t)machine->thread[t].operation;
		state->begun[t] = sf->begun[t];
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
	sf->apart.again = true;
	while (n-- > 0 && machine->end == END_NONE) {
		/* Those who cannot go on line up in every state on the way. */
		for (uint32_t t = 0; t < machine->n_threads; t++)
			states_enabled(sf, &machine->thread[t]);
		merge_move(sf, sf->state[path[n]].thread, sf->state[path[n]].alternative);
	}
	sf->apart.again = false;
	for (uint32_t t = 0; t < machine->n_threads; t++)
		states_enabled(sf, &machine->thread[t]);
}

/* Takes a move from a state; false: nothing can be taken any more. */
static bool take(struct states *sf, uint32_t index, uint32_t t, uint32_t k)
{
	uint32_t m = t * ALTERNATIVES + k;

	states_go_to(sf, index);
	if (machine->crash[0] != '\0')
		return false;
	if (machine->end != END_NONE || sf->state[index].depth + 1 >= BUILD_DEPTH_MAX) {
		sf->cut = true;
		bound_reached(&sf->bounds, BOUND_DEPTH);
		return false;
	}
	sf->entered = 0;
	sf->pauses = 0;
	uint32_t length = merge_move(sf, t, k);
	if (machine->end != END_NONE) {
		/* A finding cuts the path: another search tells it. */
		sf->cut |= machine->end == END_STOP;
		sf->found |= machine->end == END_FINDING;
		machine->end = END_NONE;
		return true;
	}
	uint32_t next = states_note(sf, index, t, k);
	struct state *state = &sf->state[index];
	state->next[m] = next;
	state->entered[m] = sf->entered;
	state->pauses[m] = sf->pauses;
	state->length[m] = (uint8_t)length;
	sf->cut |= next == NOWHERE;
	return true;
}

static void expand(struct states *sf, uint32_t index)
{
	bool can = true;

	sf->state[index].ahead = false;
	for (uint32_t t = 0; t < machine->n_threads && can; t++) {
		for (uint32_t k = 0; k < sf->state[index].choices[t] && can; k++) {
			if ((sf->state[index].enabled & 1u << t) == 0)
				continue;
			can = take(sf, index, t, k);
			states_stop();
		}
	}
}

void states_begin(struct states *sf)
{
	memset(sf->table, 0, TABLE * sizeof *sf->table);
	sf->n = sf->n_expanded = 0;
	sf->steps_begun = machine->steps;
	sf->cut = sf->found = sf->unsettled = sf->beyond = false;
	sf->bounds = (struct bounds){ 0 };
	sf->apart.grown = false;
	machine->end = END_NONE;
	states_start(sf);
	sf->found |= machine->end == END_FINDING;
	if (machine->end == END_NONE)
		states_note(sf, NOWHERE, 0, 0);
	states_stop();
}

static bool can_go_on(const struct states *sf)
{
	return machine->crash[0] == '\0' && !sf->apart.grown && machine->steps < sf->steps_most;
}

/* What lies beyond the entries that are to be followed, if that is no more, and no more work, than as much again. If it
 * is all there is, all is known; else it is forgotten. */
static void look_beyond(struct states *sf)
{
	uint32_t n = sf->n, most = n + (n < BEYOND_MIN ? BEYOND_MIN : n), i = 0;
	uint64_t steps = machine->steps - sf->steps_begun, enough = machine->steps + steps * BEYOND_STEPS + STEPS_FEW;
	struct bounds bounds = sf->bounds;
	bool found = sf->found;

	for (; i < sf->n && can_go_on(sf) && sf->n < most && !sf->cut && machine->steps < enough; i++) {
		if (sf->state[i].ahead)
			expand(sf, i);
	}
	sf->beyond = i < sf->n || sf->cut;
	if (!sf->beyond)
		return;
	for (i = 0; i < n; i++) {
		if (sf->state[i].n_entries < sf->entries)
			continue;
		sf->state[i].ahead = true;
		memset(sf->state[i].next, 0xff, sizeof sf->state[i].next);
	}
	sf->n = n;
	sf->cut = false;
	sf->found = found;
	sf->bounds = bounds;
}

bool states_build(struct states *sf, uint32_t pause)
{
	for (; sf->n_expanded < sf->n && can_go_on(sf); sf->n_expanded++) {
		if (sf->n >= pause)
			return false;
		if (sf->entries == 0 || sf->state[sf->n_expanded].n_entries < sf->entries)
			expand(sf, sf->n_expanded);
		else
			sf->beyond = true;
	}
	if (sf->n_expanded < sf->n && machine->steps >= sf->steps_most) {
		sf->cut = true;
		bound_reached(&sf->bounds, BOUND_STATES);
	}
	if (sf->beyond && can_go_on(sf) && !sf->cut)
		look_beyond(sf);
	return true;
}
