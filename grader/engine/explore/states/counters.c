/* What loops count, so that states can be recognized but for that. A thread that is let run alone, and does the same
 * steps round after round for as long as is followed, waits; what differs from one round to the next, on its stack or
 * in what it writes, is a counter, and is left out of the states' hashes while a thread is in that loop (a counter in
 * memory: always).
 *
 * Two states that differ in counters alone need not go on alike (who counts may act on it). So nothing is proved by a
 * search that leaves them out: what it finds is executed as it stands, many times over (story_holds()), and where it
 * finds nothing, it is not complete. */
#include "states.h"

#include <string.h>

#define ROUNDS 8u
#define ROUND_MAX 32u
#define FOLLOWED 20000u /* moves */
#define STATES 4000u    /* of which the loops are looked for */
#define EACH 4u         /* so often for each thread and step */
#define PLACES 256u
#define WORDS 512u

struct step {
	uint64_t pc, address;
	uint32_t size;
	uint8_t rule, kind;
	bool changed;
};

static bool same_step(const struct step *a, const struct step *b)
{
	return a->pc == b->pc && a->address == b->address && a->rule == b->rule && a->kind == b->kind;
}

static uint64_t value_of(const struct action *action)
{
	return action->kind == ACTION_ACCESS && !action->rule.library && action->rule.size <= 8
		   ? load_bytes(action->address, action->rule.size)
		   : 0;
}

/* Makes the thread's next move; false: that ends what can be followed. */
static bool take(struct states *sf, struct run_thread *thread, struct step *step)
{
	uint32_t t = thread_number(thread), operations = thread->operations;
	struct action action = thread->action;

	if (!states_enabled(sf, thread))
		return false;
	uint64_t before = value_of(&action);
	sf->entered = 0;
	states_move(sf, t, 0);
	*step = (struct step){ .pc = action.pc,
			       .address = action.address,
			       .size = action.rule.size,
			       .rule = action.rule.rule,
			       .kind = (uint8_t)action.kind,
			       .changed = value_of(&action) != before };
	/* A loop that waits is within one call of the plugin. */
	return machine->end == END_NONE && thread->status == THREAD_ASKING && sf->entered == 0 &&
	       thread->operations == operations && thread->operation != TRIAL_OPERATION_NONE;
}

/* The thread's stack at each step of one round. */
static struct {
	uint64_t word[ROUND_MAX][WORDS];
	uint32_t n[ROUND_MAX];
} stacks;

static uint32_t words_of(const struct run_thread *thread)
{
	uint64_t bytes = (uint64_t)(thread->fiber->stack_end - (const char *)thread->fiber->stack);

	return bytes / 8 > WORDS ? WORDS : (uint32_t)(bytes / 8);
}

static void note_stack(const struct run_thread *thread, uint32_t at)
{
	stacks.n[at] = words_of(thread);
	memcpy(stacks.word[at], thread->fiber->stack, stacks.n[at] * 8);
}

static void add_counter(struct states *sf, struct counter counter)
{
	for (uint32_t i = 0; i < sf->n_counters; i++) {
		if (memcmp(&sf->counter[i], &counter, sizeof counter) == 0)
			return;
	}
	if (sf->n_counters < COUNTERS_MAX)
		sf->counter[sf->n_counters++] = counter;
}

static void compare_stack(struct states *sf, const struct run_thread *thread, uint32_t at, uint64_t pc)
{
	const uint64_t *word = (const uint64_t *)(const void *)thread->fiber->stack;

	for (uint32_t i = 0; i < stacks.n[at] && stacks.n[at] == words_of(thread); i++) {
		if (stacks.word[at][i] != word[i])
			add_counter(sf, (struct counter){ .pc = pc, .depth = stacks.n[at], .word = i });
	}
}

/* Follows thread t from a state on; if it waits in a loop, adds the loop's counters. */
static void probe(struct states *sf, uint32_t index, uint32_t t)
{
	static struct step ring[2 * ROUND_MAX];
	struct run_thread *thread = &machine->thread[t];
	uint32_t period = 0, alike = 0, noted = 0, had = sf->n_counters;
	bool endless = false;

	states_go_to(sf, index);
	for (uint32_t i = 0; i < FOLLOWED; i++) {
		struct step *step = &ring[i % (2 * ROUND_MAX)];
		uint64_t pc = thread->action.pc;
		/* A whole loop has been seen ROUNDS times: the next round is noted, and the one after that compared. */
		if (period != 0 && alike >= ROUNDS * period && noted < 2 * period) {
			if (noted < period)
				note_stack(thread, noted);
			else
				compare_stack(sf, thread, noted - period, pc);
			noted++;
		}
		if (!take(sf, thread, step))
			break;
		uint32_t p = 0;
		for (uint32_t back = 1; back <= ROUND_MAX && back <= i && p == 0; back++) {
			if (same_step(step, &ring[(i - back) % (2 * ROUND_MAX)]))
				p = back;
		}
		alike = p != 0 && p == period ? alike + 1 : 0;
		if (p != period && noted > 0)
			break;
		period = p;
		endless = i + 1 == FOLLOWED && noted == 2 * period && period != 0;
	}
	for (uint32_t i = 0; endless && i < period; i++) {
		const struct step *step = &ring[(FOLLOWED - 1 - i) % (2 * ROUND_MAX)];
		if (step->changed && step->kind == ACTION_ACCESS)
			add_counter(sf, (struct counter){ .address = step->address, .size = step->size });
	}
	if (!endless)
		sf->n_counters = had;
	states_stop();
	machine->end = END_NONE;
}

bool counters_find(struct states *sf)
{
	static struct {
		uint64_t pc;
		uint32_t thread, n;
	} seen[PLACES];
	uint32_t n_seen = 0;

	for (uint32_t i = 0; i < sf->n && i < STATES && machine->crash[0] == '\0'; i++) {
		uint32_t t = sf->state[i].thread, k;
		/* Who has just taken a step: else it has been looked at before. */
		if ((sf->state[i].enabled & 1u << t) == 0 || !is_engaged(&sf->state[i], t))
			continue;
		for (k = 0; k < n_seen && (seen[k].pc != sf->state[i].pc || seen[k].thread != t); k++)
			;
		if (k == PLACES || (k < n_seen && seen[k].n == EACH))
			continue;
		if (k == n_seen) {
			seen[n_seen].pc = sf->state[i].pc;
			seen[n_seen].thread = t;
			seen[n_seen++].n = 0;
		}
		seen[k].n++;
		probe(sf, i, t);
	}
	return sf->n_counters > 0;
}

/* ---- leaving them out ---- */

static uint64_t *word_of(const struct counter *counter, const struct run_thread *thread)
{
	if (thread->status != THREAD_ASKING || thread->action.pc != counter->pc ||
	    (uint64_t)(thread->fiber->stack_end - (const char *)thread->fiber->stack) / 8 < counter->depth ||
	    words_of(thread) != counter->depth)
		return NULL;
	return (uint64_t *)(void *)thread->fiber->stack + counter->word;
}

/* Exchanges the counters' values for what is in `kept`. */
static void exchange(struct states *sf, struct counted *kept)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < sf->n_counters; i++) {
		const struct counter *counter = &sf->counter[i];
		if (counter->size != 0) {
			uint64_t value = load_bytes(counter->address, counter->size);
			store_bytes(counter->address, counter->size, kept->value[n]);
			kept->value[n++] = value;
			continue;
		}
		for (uint32_t t = 0; t < machine->n_threads; t++) {
			uint64_t *word = word_of(counter, &machine->thread[t]);
			if (word == NULL)
				continue;
			uint64_t value = *word;
			*word = kept->value[n];
			kept->value[n++] = value;
		}
	}
}

void counters_hide(struct states *sf, struct counted *kept)
{
	memset(kept, 0, sizeof *kept);
	exchange(sf, kept);
}

void counters_show(struct states *sf, struct counted *kept)
{
	exchange(sf, kept);
}

bool counters_has(struct states *sf, uint64_t address)
{
	for (uint32_t i = 0; i < sf->n_counters; i++) {
		if (sf->counter[i].size != 0 && sf->counter[i].address == address)
			return true;
	}
	return false;
}
