#include "states.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "debug.h"
#include "hash.h"

void story_add_step(struct states *sf, enum stateful_story story, uint32_t m)
{
	if (sf->story_n[story] < DEPTH_MAX)
		sf->story_path[story][sf->story_n[story]++] = m;
}

void story_add_move(struct states *sf, enum stateful_story story, uint32_t state, uint32_t m)
{
	story_add_step(sf, story, m);
	for (uint32_t i = 1; i < sf->state[state].length[m]; i++)
		story_add_step(sf, story, m / ALTERNATIVES * ALTERNATIVES);
}

void story_state(struct states *sf, enum stateful_story story, uint32_t index)
{
	static uint32_t way[DEPTH_MAX];
	uint32_t n = 0;

	for (uint32_t at = index; sf->state[at].parent != NOWHERE && n < DEPTH_MAX; at = sf->state[at].parent)
		way[n++] = at;
	sf->story_n[story] = 0;
	while (n-- > 0) {
		const struct state *state = &sf->state[way[n]];
		story_add_move(sf, story, state->parent, state->thread * ALTERNATIVES + state->alternative);
	}
	sf->story_cycle[story] = sf->story_n[story];
}

static bool take_move(struct states *sf, uint32_t m, uint64_t *trace)
{
	const struct run_thread *thread = &machine->thread[m / ALTERNATIVES];
	bool can = false;

	for (uint32_t t = 0; t < machine->n_threads; t++) {
		bool may = states_enabled(sf, &machine->thread[t]);
		can = can || (may && t == m / ALTERNATIVES);
	}
	if (!can)
		return false;
	*trace = hash_mix(*trace ^ thread->action.pc, thread->action.address);
	sf->entered = 0;
	states_move(sf, m / ALTERNATIVES, m % ALTERNATIVES);
	*trace = hash_mix(*trace, sf->entered);
	return machine->end == END_NONE;
}

bool story_holds(struct states *sf, enum stateful_story story, uint32_t times)
{
	uint32_t begin = sf->story_cycle[story], end = sf->story_n[story];
	uint64_t first = 0, trace = 0;
	bool holds = begin < end && end < DEPTH_MAX;

	machine->end = END_NONE;
	states_start(sf);
	for (uint32_t i = 0; i < begin && holds; i++)
		holds = take_move(sf, sf->story_path[story][i], &trace);
	for (uint32_t k = 0; k < times && holds; k++) {
		trace = 0;
		for (uint32_t i = begin; i < end && holds; i++)
			holds = take_move(sf, sf->story_path[story][i], &trace);
		if (k == 0)
			first = trace;
		holds = holds && trace == first;
	}
	states_stop();
	machine->end = END_NONE;
	return holds;
}

/* The moves of a story, as a schedule. */
static int schedule_of(struct states *sf, enum stateful_story story, struct schedule *schedule)
{
	int r = 0;

	*schedule = (struct schedule){ .states = true };
	for (uint32_t i = 0; i < sf->story_n[story] && r == 0; i++) {
		uint32_t m = sf->story_path[story][i], k = m % ALTERNATIVES;
		r = schedule_add(schedule, (struct schedule_step){ .thread = (uint8_t)(m / ALTERNATIVES),
								   .how = k > 0 ? SCHEDULE_TAKES : SCHEDULE_NEWEST,
								   .number = k });
	}
	schedule->repeats = sf->story_cycle[story] < schedule->n_steps ? sf->story_cycle[story] : schedule->n_steps;
	return r;
}

/* Whether the thread takes a step of the story from its step `at` on; of what repeats, in any of it. */
static bool goes_on(const struct states *sf, enum stateful_story story, uint32_t t, uint32_t at)
{
	uint32_t cycle = sf->story_cycle[story];

	for (uint32_t i = at < cycle ? at : cycle; i < sf->story_n[story]; i++) {
		if (sf->story_path[story][i] / ALTERNATIVES == t)
			return true;
	}
	return false;
}

/* Before step `at`: who goes on no more has nothing to come, and who cannot yet has begun. */
static void tell_who_waits(struct states *sf, enum stateful_story story, uint32_t at)
{
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if (!goes_on(sf, story, t, at))
			telling_flush(&sf->told, t);
		else if (!states_enabled(sf, &machine->thread[t]))
			telling_begun(&sf->told, t);
	}
}

static void flush(struct states *sf, uint16_t threads)
{
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		if ((threads & 1u << t) != 0)
			telling_flush(&sf->told, t);
	}
}

/* Follows the story's path, and tells it. What comes with the next step of those of `apart` is told where what repeats
 * begins, and where it ends. Returns of whom that is not the same there and there: it does not repeat. */
static uint16_t follow(struct states *sf, enum stateful_story story, uint16_t apart, uint32_t *begin, uint32_t *end)
{
	static struct pending pending[STATES_THREADS_MAX];
	uint32_t cycle = sf->story_cycle[story], n = sf->story_n[story];
	uint16_t differ = 0;
	uint64_t trace = 0;

	*begin = *end = 0;
	machine->end = END_NONE;
	states_start(sf);
	for (uint32_t i = 0; i < n && machine->end == END_NONE; i++) {
		tell_who_waits(sf, story, i);
		if (i == cycle) {
			flush(sf, apart);
			*begin = sf->told.n;
			memcpy(pending, sf->told.pending, sizeof pending);
		}
		if (!take_move(sf, sf->story_path[story][i], &trace))
			break;
	}
	tell_who_waits(sf, story, n);
	flush(sf, apart);
	if (cycle < n)
		*end = sf->told.n;
	for (uint32_t t = 0; t < machine->n_threads && cycle < n; t++) {
		if (memcmp(&pending[t], &sf->told.pending[t], offsetof(struct pending, step)) != 0 ||
		    memcmp(pending[t].step, sf->told.pending[t].step, pending[t].n * sizeof *pending[t].step) != 0)
			differ |= (uint16_t)(1u << t);
	}
	states_stop();
	machine->end = END_NONE;
	return differ;
}

uint32_t stateful_tell(struct states *sf, enum stateful_story story, struct explore_step *steps, uint32_t most,
		       uint32_t *begin, uint32_t *end, char *text, size_t text_size)
{
	struct schedule schedule;
	bool fits = schedule_of(sf, story, &schedule) == 0 && schedule_write(&schedule, text, text_size) == 0;
	uint16_t apart = 0;

	if (sf->story_cycle[story] < sf->story_n[story]) {
		telling_begin(&sf->told, steps, most);
		apart = follow(sf, story, 0, begin, end);
	}
	telling_begin(&sf->told, steps, most);
	if (machine->request->debugged)
		syncgrade_replay_begins();
	follow(sf, story, apart, begin, end);
	if (machine->request->debugged)
		syncgrade_replay_ends();
	sf->told.on = false;
	schedule_fini(&schedule);
	/* What cannot be written cannot be run again, and is not told. */
	if (!fits)
		text[0] = '\0';
	return fits ? telling_choose(steps, sf->told.n, begin, end) : 0;
}
