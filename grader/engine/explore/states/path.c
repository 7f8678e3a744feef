/* A path through the states that a schedule says: followed, and judged by the states that it goes through. What they
 * show is shown by all states too. */
#include "states.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The path itself, as the story of everything that it shows. */
static void keep_path(struct states *sf, const struct schedule *schedule)
{
	for (unsigned story = STORY_LIVELOCK; story <= STORY_SPINS; story++) {
		sf->story_n[story] = 0;
		for (uint32_t i = 0; i < schedule->n_steps; i++)
			story_add_step(sf, (enum stateful_story)story,
				       schedule->step[i].thread * ALTERNATIVES + schedule->step[i].number);
		sf->story_cycle[story] = schedule->repeats;
	}
}

static bool can_be_taken(struct states *sf, const struct schedule_step *step, uint32_t n)
{
	bool can = step->thread < machine->n_threads;
	const struct action *action = &machine->thread[can ? step->thread : 0].action;
	uint32_t choices = action->kind != ACTION_CHOICE    ? 1
			   : action->choices < ALTERNATIVES ? action->choices
							    : ALTERNATIVES;

	/* All who cannot go on line up. */
	for (uint32_t t = 0; t < machine->n_threads; t++) {
		bool may = states_enabled(sf, &machine->thread[t]);
		can = can && (t != step->thread || may);
	}
	if (can && step->number >= choices) {
		said_write(sf->misfit, sizeof sf->misfit, SAID_STEP_OF_THREAD, n + 1, step->thread,
			   said_only(SAID_THERE_IS_NO_SUCH_ALTERNATIVE));
		return false;
	}
	if (!can)
		said_write(sf->misfit, sizeof sf->misfit, SAID_STEP_OF_THREAD, n + 1, step->thread,
			   step->thread >= machine->n_threads ? said_only(SAID_THERE_IS_NO_SUCH_THREAD)
			   : machine->thread[step->thread].status == THREAD_DONE
			       ? said_only(SAID_THE_THREAD_HAS_ENDED_BEFORE)
			       : said_only(SAID_THE_THREAD_WAITS_AND_CANNOT));
	return can;
}

/* The step at *i, and those after it that are taken along. Returns how many. */
static uint32_t take_steps(struct states *sf, const struct schedule *schedule, uint32_t *i)
{
	const struct schedule_step *step = &schedule->step[*i];
	uint32_t n = 1;

	merge_step(sf, step->thread, step->number);
	for (++*i; *i < schedule->n_steps && *i != schedule->repeats && n < SEGMENT_MAX; ++*i, n++) {
		const struct schedule_step *next = &schedule->step[*i];
		if (next->thread != step->thread || next->number != 0 || !merge_goes_on(sf, step->thread))
			break;
		merge_along(sf, step->thread);
	}
	return n;
}

/* Follows the path; its states are all there are. */
static void follow_once(struct states *sf, const struct schedule *schedule)
{
	uint32_t cycle = NOWHERE;

	sf->most = STATES_MAX;
	sf->entries = 0;
	sf->surprises = true;
	states_begin(sf);
	states_start(sf);
	uint32_t at = sf->n > 0 ? 0 : NOWHERE;
	for (uint32_t i = 0; i < schedule->n_steps && at != NOWHERE && machine->end == END_NONE;) {
		const struct schedule_step *step = &schedule->step[i];
		uint32_t m = step->thread * ALTERNATIVES + step->number;
		if (i == schedule->repeats)
			cycle = at;
		if (!can_be_taken(sf, step, i))
			break;
		sf->entered = 0;
		sf->pauses = 0;
		uint32_t length = take_steps(sf, schedule, &i);
		if (machine->end != END_NONE)
			break;
		uint32_t next = states_note(sf, at, step->thread, step->number);
		/* Where what repeats comes back to is where it began, but for what loops count. */
		if (cycle != NOWHERE && i == schedule->n_steps && sf->n_counters > 0)
			next = cycle;
		sf->state[at].ahead = false;
		sf->state[at].next[m] = next;
		sf->state[at].entered[m] = sf->entered;
		sf->state[at].pauses[m] = sf->pauses;
		sf->state[at].length[m] = (uint8_t)length;
		at = next;
	}
	states_stop();
	machine->end = END_NONE;
}

/* Until it is known which of its steps are taken along with others. */
static void follow(struct states *sf, const struct schedule *schedule)
{
	/* What nobody writes is not known of one path. */
	merge_begin(&sf->apart, true, false);
	do {
		follow_once(sf, schedule);
	} while (sf->apart.grown && sf->misfit[0] == '\0');
}

static void judge(struct states *sf, const struct schedule *schedule, struct stateful_result *result)
{
	*result = (struct stateful_result){ .max_bypass = -1 };
	follow(sf, schedule);
	if (sf->misfit[0] != '\0' || sf->n == 0)
		return;
	livelock_judge(sf, result);
	if ((machine->job->workload->flags & WORKLOAD_ENDLESS) != 0 && !result->livelock)
		game_judge(sf, result);
	keep_path(sf, schedule);
	if (sf->n_counters > 0)
		stateful_check_stories(sf, result);
}

bool stateful_follow(struct states *sf, const struct schedule *schedule, struct stateful_result *result)
{
	sf->misfit[0] = '\0';
	*result = (struct stateful_result){ .max_bypass = -1 };
	if (machine->n_threads > STATES_THREADS_MAX) {
		said_write(sf->misfit, sizeof sf->misfit, SAID_NO_STATES_OF_SO_MANY);
		return false;
	}
	stateful_begin(sf);
	judge(sf, schedule, result);
	if (sf->misfit[0] == '\0' && !result->livelock && !result->starves && schedule->repeats < schedule->n_steps &&
	    !machine->processes && counters_find(sf))
		judge(sf, schedule, result);
	stateful_end();
	result->states = sf->n;
	result->entered = true;
	return sf->misfit[0] == '\0';
}

void stateful_take_path(struct states *sf, const struct schedule *schedule)
{
	keep_path(sf, schedule);
}
