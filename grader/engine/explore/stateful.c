#include "stateful.h"
#include "debug.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "hash.h"
#include "heap.h"
#include "memory.h"
#include "search.h"

#define STATES_MAX 250000u
#define STATES_DEFAULT 50000u
#define STATES_FIRST 12000u /* how many are followed before the number of entries is limited */
#define DEPTH_MAX 4000u
#define BUILD_DEPTH_MAX 400u /* moves from the beginning; an endless chain of new states is cut there */
#define ALTERNATIVES 3u
#define MOVES (THREADS_MAX * ALTERNATIVES)
#define ALONE_MAX 3000u
#define QUEUE_MAX 64u
#define NOWHERE UINT32_MAX

struct state {
	uint64_t hash;
	uint32_t parent, depth;
	uint16_t thread, alternative; /* the move that led here from the parent */
	uint16_t enabled, requesting, inside, done, spinning;
	uint16_t midway; /* in a call of the plugin, and beyond its first step */
	uint16_t quiet;  /* between two of the plugin's operations, or asleep in one */
	uint8_t choices[THREADS_MAX];
	uint8_t operation[THREADS_MAX]; /* enum trial_operation that the thread is inside */
	uint32_t next[MOVES];
	uint16_t entered[MOVES]; /* who enters in that move */
	uint8_t pauses[MOVES];   /* enum pause: what the thread does in it, besides */
};

enum pause { PAUSE_YIELD = 1, PAUSE_SLEEP = 2, PAUSE_RETURN = 4 /* one of the plugin's operations has returned */ };

static struct {
	struct state *state;
	uint32_t n;
	uint32_t *table;
	bool cut;
	uint32_t most;    /* states */
	uint32_t entries; /* of all threads together that are followed; 0: no limit */
	/* of the execution that runs now */
	uint16_t requesting, inside, midway, entered;
	uint8_t pauses;
	uint32_t n_entries;
	bool telling;
	/* who waits for library objects, first come first */
	struct {
		uint64_t key;
		uint32_t thread;
	} queue[QUEUE_MAX];
	uint32_t n_queue;
	/* stories */
	uint32_t story_path[3][DEPTH_MAX], story_n[3], story_cycle[3];
	struct explore_step *steps;
	uint32_t n_steps, most_steps;
} sf;

#define TABLE (STATES_MAX * 4)

/* ---- one execution ---- */

static void queue_drop(uint64_t key, uint32_t thread)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < sf.n_queue; i++) {
		if (sf.queue[i].key != key || sf.queue[i].thread != thread)
			sf.queue[n++] = sf.queue[i];
	}
	sf.n_queue = n;
}

static bool queue_has(uint64_t key, uint32_t thread)
{
	for (uint32_t i = 0; i < sf.n_queue; i++) {
		if (sf.queue[i].key == key && sf.queue[i].thread == thread)
			return true;
	}
	return false;
}

static void queue_add(uint64_t key, uint32_t thread)
{
	if (sf.n_queue < QUEUE_MAX && !queue_has(key, thread)) {
		sf.queue[sf.n_queue].key = key;
		sf.queue[sf.n_queue++].thread = thread;
	}
}

uint64_t stateful_first(uint64_t key, uint64_t mask)
{
	for (uint32_t i = 0; i < sf.n_queue; i++) {
		if (sf.queue[i].key == key && (mask & UINT64_C(1) << sf.queue[i].thread) != 0)
			return UINT64_C(1) << sf.queue[i].thread;
	}
	return mask & -mask;
}

static bool waits_in_line(const struct action *action)
{
	return action->kind == ACTION_ACCESS && action->rule.library &&
	       (action->rule.rule == RULE_AWAIT_EXCHANGE || action->rule.rule == RULE_AWAIT_TAKE ||
		action->rule.rule == RULE_AWAIT_SHARE);
}

static uint64_t library_value(uint64_t key)
{
	uint32_t index = location_lookup(key, 1);

	return index == NO_LOCATION ? 0 : location_at(index)->solo;
}

/* Whether the thread's pending action would let it on; if not, it takes its place in line. */
static bool enabled(struct run_thread *thread)
{
	const struct action *action = &thread->action;
	uint32_t t = (uint32_t)(thread - ex.thread);
	uint64_t new;

	if (thread->status != THREAD_ASKING || (sf.entries != 0 && sf.n_entries >= sf.entries))
		return false;
	if (action->kind != ACTION_ACCESS || !action->rule.library)
		return true;
	if (rule_apply(&action->rule, library_value(action->address), &new) == OUTCOME_BLOCK) {
		if (waits_in_line(action))
			queue_add(action->address, t);
		return false;
	}
	for (uint32_t i = 0; i < sf.n_queue && waits_in_line(action); i++) {
		if (sf.queue[i].key == action->address)
			return sf.queue[i].thread == t;
	}
	return true;
}

/* A lock that does nothing takes no steps, and its user goes round and round: the second request in a row is made one.
 */
static bool goes_round(const struct run_thread *thread, uint32_t *requests)
{
	const struct hook_request *request = &thread->fiber->request;

	if (request->hook != HOOK_mark || request->argument[0] != TRIAL_REQUEST)
		return false;
	return ++*requests == 2;
}

static void run_to_action(struct run_thread *thread)
{
	uint32_t requests = 0;

	while (thread->status == THREAD_READY && ex.end == END_NONE) {
		machine_resume(thread);
		if (machine_action(thread, &thread->action)) {
			thread->status = THREAD_ASKING;
		} else if (goes_round(thread, &requests)) {
			thread->action = (struct action){ .kind = ACTION_FENCE, .hook = HOOK_mark };
			thread->status = THREAD_ASKING;
		}
	}
}

static void note_step(struct run_thread *thread, uint64_t old, enum outcome outcome, uint64_t new)
{
	const struct action *action = &thread->action;
	struct explore_step *step;

	if (!sf.telling || sf.n_steps == sf.most_steps || action->kind == ACTION_CHOICE || action->rule.library ||
	    action->hook == HOOK_mark)
		return;
	step = &sf.steps[sf.n_steps++];
	*step = (struct explore_step){ .thread = (uint32_t)(thread - ex.thread), .order = -1, .repeat = 1 };
	machine_site(action->pc, &step->place);
	if (action->kind == ACTION_FENCE) {
		step->kind = STEP_FENCE;
		step->order = action->rule.order;
		return;
	}
	machine_place(action->address, &step->address);
	step->size = action->rule.size;
	if (action->rule.plain) {
		step->kind = action->rule.rule == RULE_STORE ? STEP_PLAIN_WRITE : STEP_PLAIN_READ;
		return;
	}
	step->order = action->rule.order;
	step->kind = action->rule.rule == RULE_LOAD       ? STEP_LOAD
		     : action->rule.rule == RULE_STORE    ? STEP_STORE
		     : action->rule.rule == RULE_EXCHANGE ? STEP_EXCHANGE
		     : action->rule.rule != RULE_COMPARE  ? STEP_FETCH
		     : outcome == OUTCOME_WRITE           ? STEP_COMPARE
							  : STEP_COMPARE_FAILED;
	if (action->rule.rule != RULE_STORE) {
		step->value = old;
		step->flags |= STEP_HAS_VALUE;
	}
	if (outcome == OUTCOME_WRITE) {
		step->stored = new;
		step->flags |= STEP_HAS_STORED;
	}
}

static uint8_t pause_of(const char *call)
{
	return strcmp(call, "sched_yield") == 0 ? PAUSE_YIELD : strcmp(call, "sleep") == 0 ? PAUSE_SLEEP : 0;
}

void stateful_mark(struct run_thread *thread, uint32_t event, uint32_t what)
{
	static const uint16_t kinds[] = { STEP_REQUEST, STEP_ENTER, STEP_ENTER_SHARED,
					  STEP_LEAVE,   STEP_CALL,  STEP_RETURN };
	uint16_t bit = (uint16_t)(1u << (thread - ex.thread));

	if (thread >= &ex.thread[ex.n_threads])
		return;
	if (event == MARK_LIBRARY)
		sf.pauses |= pause_of(thread->library_call);
	if (event == TRIAL_REQUEST)
		sf.requesting |= bit;
	if (event == TRIAL_CALL || event == TRIAL_RETURN)
		sf.midway &= (uint16_t)~bit;
	if (event == TRIAL_RETURN)
		sf.pauses |= PAUSE_RETURN;
	if (event == TRIAL_ENTER || event == TRIAL_ENTER_SHARED) {
		sf.requesting &= (uint16_t)~bit;
		sf.inside |= bit;
		sf.entered |= bit;
		sf.n_entries++;
	}
	if (event == TRIAL_LEAVE)
		sf.inside &= (uint16_t)~bit;
	if (!sf.telling || sf.n_steps == sf.most_steps)
		return;
	struct explore_step *step = &sf.steps[sf.n_steps++];
	*step = (struct explore_step){ .thread = (uint32_t)(thread - ex.thread), .order = -1, .repeat = 1 };
	if (event == MARK_LIBRARY) {
		step->kind = STEP_LIBRARY;
		machine_site(thread->library_site, &step->place);
		snprintf(step->note, sizeof step->note, "%s", thread->library_call);
	} else {
		step->kind = kinds[event];
		step->value = what;
		step->flags = STEP_HAS_VALUE;
	}
}

/* One step of a thread, and on to its next action. */
static void move(uint32_t t, uint32_t alternative)
{
	struct run_thread *thread = &ex.thread[t];
	const struct action *action = &thread->action;
	uint64_t old = 0, new = 0;
	enum outcome outcome = OUTCOME_READ;

	thread->status = THREAD_READY;
	if (action->kind == ACTION_CHOICE) {
		thread->result = alternative;
	} else if (action->kind == ACTION_ACCESS) {
		if (!action->rule.plain) {
			old = action->rule.library ? library_value(action->address)
						   : load_bytes(action->address, action->rule.size);
			outcome = rule_apply(&action->rule, old, &new);
			if (action->rule.rule == RULE_OR && action->rule.library)
				queue_add(action->address, t);
			else if (action->rule.library)
				queue_drop(action->address, t);
		}
		machine_solo_access(thread, action);
	}
	note_step(thread, old, outcome, new);
	sf.midway |= (uint16_t)(1u << t);
	run_to_action(thread);
}

static void start(void)
{
	machine_start();
	ex.solo = ex.stateful = true;
	sf.requesting = sf.inside = sf.midway = sf.entered = 0;
	sf.n_entries = 0;
	sf.n_queue = 0;
	for (uint32_t t = 0; t < ex.n_threads; t++)
		run_to_action(&ex.thread[t]);
}

static void stop(void)
{
	ex.solo = ex.stateful = false;
}

static uint64_t hash_now(void)
{
	uint64_t h = hash_mix(memory_hash(), heap_hash());

	for (uint32_t t = 0; t < ex.n_threads; t++) {
		const struct run_thread *thread = &ex.thread[t];
		h = hash_mix(h, thread->status == THREAD_DONE ? 1 : search_state(thread));
		if (thread->status != THREAD_DONE)
			h = hash_bytes(&thread->action.rule, sizeof thread->action.rule, h ^ thread->action.address);
	}
	for (uint32_t i = 0; i < locations_count(); i++) {
		if (location_at(i)->library)
			h = hash_mix(h, hash_mix(location_at(i)->address, location_at(i)->solo));
	}
	for (uint32_t i = 0; i < sf.n_queue; i++)
		h = hash_mix(h, sf.queue[i].key ^ sf.queue[i].thread);
	return hash_mix(h, (uint64_t)(sf.entries != 0 ? sf.n_entries : 0) << 32 | (uint64_t)sf.requesting << 16 |
			       (uint64_t)sf.midway << 48 | sf.inside);
}

/* ---- the states ---- */

static uint32_t find_state(uint64_t hash, bool *new)
{
	for (uint32_t i = (uint32_t)(hash % TABLE);; i = (i + 1) % TABLE) {
		*new = sf.table[i] == 0;
		if (*new) {
			if (sf.n == sf.most)
				return NOWHERE;
			sf.table[i] = ++sf.n;
			return sf.n - 1;
		}
		if (sf.state[sf.table[i] - 1].hash == hash)
			return sf.table[i] - 1;
	}
}

/* The state as it is now; adds it. */
static uint32_t note_state(uint32_t parent, uint32_t thread, uint32_t alternative)
{
	bool new;
	uint16_t can = 0, done = 0, spinning = 0, outside = 0;

	for (uint32_t t = 0; t < ex.n_threads; t++) {
		if (enabled(&ex.thread[t]))
			can |= (uint16_t)(1u << t);
		else if (ex.thread[t].status == THREAD_ASKING && ex.thread[t].library_call != NULL &&
			 strcmp(ex.thread[t].library_call, "pthread_spin_lock") == 0)
			spinning |= (uint16_t)(1u << t);
		if (ex.thread[t].status == THREAD_DONE)
			done |= (uint16_t)(1u << t);
		if (ex.thread[t].operation == TRIAL_OPERATION_NONE)
			outside |= (uint16_t)(1u << t);
	}
	uint64_t hash = hash_now();
	uint32_t index = find_state(hash, &new);
	if (index == NOWHERE || !new)
		return index;
	struct state *state = &sf.state[index];
	*state = (struct state){ .hash = hash,
				 .parent = parent,
				 .depth = parent == NOWHERE ? 0 : sf.state[parent].depth + 1,
				 .thread = (uint16_t)thread,
				 .alternative = (uint16_t)alternative,
				 .enabled = can,
				 .requesting = sf.requesting,
				 .inside = sf.inside,
				 .midway = sf.midway,
				 .done = done,
				 .spinning = spinning,
				 .quiet = (uint16_t)(~sf.midway | outside | ~can) };
	memset(state->next, 0xff, sizeof state->next);
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		const struct action *action = &ex.thread[t].action;
		uint32_t n = action->kind == ACTION_CHOICE ? action->choices : 1;
		state->choices[t] = (uint8_t)(n < ALTERNATIVES ? n : ALTERNATIVES);
		state->operation[t] = (uint8_t)ex.thread[t].operation;
	}
	return index;
}

static void go_to(uint32_t index)
{
	static uint32_t path[DEPTH_MAX];
	uint32_t n = 0;

	for (uint32_t at = index; sf.state[at].parent != NOWHERE && n < DEPTH_MAX; at = sf.state[at].parent)
		path[n++] = at;
	start();
	while (n-- > 0 && ex.end == END_NONE) {
		/* Those who cannot go on line up in every state on the way. */
		for (uint32_t t = 0; t < ex.n_threads; t++)
			enabled(&ex.thread[t]);
		move(sf.state[path[n]].thread, sf.state[path[n]].alternative);
	}
	for (uint32_t t = 0; t < ex.n_threads; t++)
		enabled(&ex.thread[t]);
}

static void expand(uint32_t index)
{
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		for (uint32_t k = 0; k < sf.state[index].choices[t]; k++) {
			if ((sf.state[index].enabled & 1u << t) == 0)
				continue;
			go_to(index);
			if (ex.crash[0] != '\0') {
				stop();
				return;
			}
			if (ex.end != END_NONE || sf.state[index].depth + 1 >= BUILD_DEPTH_MAX) {
				sf.cut = true;
				stop();
				return;
			}
			sf.entered = 0;
			sf.pauses = 0;
			move(t, k);
			if (ex.end == END_NONE) {
				uint32_t next = note_state(index, t, k);
				sf.state[index].next[t * ALTERNATIVES + k] = next;
				sf.state[index].entered[t * ALTERNATIVES + k] = sf.entered;
				sf.state[index].pauses[t * ALTERNATIVES + k] = sf.pauses;
				sf.cut |= next == NOWHERE;
			} else {
				/* A finding cuts the path: another search tells it. */
				sf.cut |= ex.end == END_STOP;
				ex.end = END_NONE;
			}
			stop();
		}
	}
}

static void build(void)
{
	start();
	if (ex.end == END_NONE)
		note_state(NOWHERE, 0, 0);
	stop();
	for (uint32_t i = 0; i < sf.n && ex.crash[0] == '\0'; i++)
		expand(i);
}

/* ---- strongly connected components (Tarjan 1972), without recursion ---- */

struct arc {
	uint32_t to;
	uint8_t weight; /* a bypass */
	uint8_t alone;  /* not one step of the thread, but all until it waits */
	uint16_t thread, move;
};

struct arcs {
	uint32_t *first; /* of each node; one more at the end */
	struct arc *arc;
	uint32_t n_nodes, n_arcs, capacity;
};

static void arcs_add(struct arcs *arcs, struct arc arc)
{
	if (arcs->n_arcs == arcs->capacity) {
		arcs->capacity = arcs->capacity == 0 ? 4096 : 2 * arcs->capacity;
		arcs->arc = realloc(arcs->arc, arcs->capacity * sizeof *arcs->arc);
		if (arcs->arc == NULL)
			abort();
	}
	arcs->arc[arcs->n_arcs++] = arc;
}

/* component[i] of each node, numbered in reverse topological order. */
static uint32_t components(const struct arcs *arcs, uint32_t *component)
{
	uint32_t n = arcs->n_nodes, *low = malloc(n * 4), *number = calloc(n, 4), *stack = malloc(n * 4),
		 *call = malloc(n * 4), *at = malloc(n * 4);
	uint32_t counter = 0, depth = 0, calls = 0, found = 0;

	memset(component, 0xff, n * sizeof *component);
	for (uint32_t root = 0; root < n; root++) {
		if (number[root] != 0)
			continue;
		call[calls++] = root;
		number[root] = low[root] = ++counter;
		at[root] = arcs->first[root];
		stack[depth++] = root;
		while (calls > 0) {
			uint32_t v = call[calls - 1];
			if (at[v] < arcs->first[v + 1]) {
				uint32_t w = arcs->arc[at[v]++].to;
				if (number[w] == 0) {
					call[calls++] = w;
					number[w] = low[w] = ++counter;
					at[w] = arcs->first[w];
					stack[depth++] = w;
				} else if (component[w] == NOWHERE && number[w] < low[v]) {
					low[v] = number[w];
				}
				continue;
			}
			calls--;
			if (calls > 0 && low[v] < low[call[calls - 1]])
				low[call[calls - 1]] = low[v];
			if (low[v] != number[v])
				continue;
			uint32_t w;
			do {
				w = stack[--depth];
				component[w] = found;
			} while (w != v);
			found++;
		}
	}
	free(low);
	free(number);
	free(stack);
	free(call);
	free(at);
	return found;
}

/* ---- waiting alone ---- */

/* Who must be let run: has a request, or is in the midst of a call. */
static bool is_engaged(const struct state *state, uint32_t t)
{
	return ((state->requesting | state->midway) & 1u << t) != 0;
}

/* What a thread does that is let run alone. */
struct alone {
	uint16_t entered; /* in the last move */
	bool spins;       /* it goes round a loop, or further than is followed */
	uint32_t moves;
	uint32_t round; /* a loop: moves of one round; 0: it does not come back to where it was */
	uint8_t pauses; /* a loop: in one round */
	bool returned;  /* from one of the plugin's operations, in any move */
};

/* Lets a thread run alone until it waits (blocked, or round a loop that changes nothing) or enters, or where it asks
 * for nothing, until the call is over that it is in. Returns where that is; NOWHERE: unknown. Each move goes to `path`,
 * if that is not NULL. */
static uint32_t run_alone(uint32_t from, uint32_t t, struct alone *alone, uint32_t *path)
{
	uint32_t at = from, anchor = from, power = 1, steps = 0;

	*alone = (struct alone){ 0 };
	while (alone->moves < ALONE_MAX) {
		const struct state *state = &sf.state[at];
		if ((state->enabled & 1u << t) == 0)
			return state->enabled == 0 && sf.entries != 0 ? NOWHERE : at;
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
		if ((alone->entered & 1u << t) != 0 || !is_engaged(&sf.state[at], t))
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

/* ---- bounded waiting ---- */

/* A state of the game against a victim: who has been let run since the last entry, and whether the victim is seen to
 * wait. */
struct game {
	uint32_t state;
	uint16_t served;
	bool waiting;
};

struct arena {
	struct game *game;
	uint32_t n, capacity, *table, table_size;
	uint32_t *parent, *parent_arc;
	struct arcs arcs;
};

static uint32_t arena_find(struct arena *arena, struct game game, uint32_t parent)
{
	uint64_t h = hash_mix(game.state, (uint64_t)game.served << 1 | game.waiting);

	for (uint32_t i = (uint32_t)(h % arena->table_size);; i = (i + 1) % arena->table_size) {
		if (arena->table[i] == 0) {
			if (arena->n == arena->capacity)
				return NOWHERE;
			arena->game[arena->n] = game;
			arena->parent[arena->n] = parent;
			arena->parent_arc[arena->n] = arena->arcs.n_arcs;
			arena->table[i] = ++arena->n;
			return arena->n - 1;
		}
		const struct game *old = &arena->game[arena->table[i] - 1];
		if (old->state == game.state && old->served == game.served && old->waiting == game.waiting)
			return arena->table[i] - 1;
	}
}

/* Adds what follows from `from` when thread t has moved to `state`, entering if `entered`. */
static void play(struct arena *arena, uint32_t from, uint32_t victim, uint32_t t, uint32_t state, uint16_t entered,
		 bool alone)
{
	struct game game = arena->game[from];
	const struct state *before = &sf.state[game.state], *after = &sf.state[state];
	/* Who must have been run: who waits, and also who has left and is still giving the lock back. */
	uint16_t others =
	    (uint16_t)((before->requesting | before->midway) & ~(before->inside | before->done | entered));
	uint8_t weight = 0;

	if (alone)
		game.served |= (uint16_t)(1u << t);
	if (entered != 0) {
		weight = game.waiting && (entered & 1u << victim) == 0 && (others & ~game.served) == 0;
		game.served = 0;
	}
	/* Who is blocked waits, and needs no running. */
	if (after->enabled != 0)
		game.served |= (uint16_t)(~(after->enabled | after->done));
	game.waiting = (after->requesting & 1u << victim) != 0 && (game.waiting || (game.served & 1u << victim) != 0);
	if ((entered & 1u << victim) != 0)
		game.waiting = false;
	game.state = state;
	uint32_t to = arena_find(arena, game, from);
	if (to == NOWHERE) {
		sf.cut = true;
		return;
	}
	arcs_add(&arena->arcs, (struct arc){ .to = to, .weight = weight, .alone = alone, .thread = (uint16_t)t });
}

static void play_all(struct arena *arena, uint32_t victim)
{
	struct game first = { .state = 0 };

	arena_find(arena, first, NOWHERE);
	for (uint32_t i = 0; i < arena->n; i++) {
		const struct state *state = &sf.state[arena->game[i].state];
		arena->arcs.first[i] = arena->arcs.n_arcs;
		for (uint32_t t = 0; t < ex.n_threads; t++) {
			for (uint32_t k = 0; k < ALTERNATIVES; k++) {
				uint32_t next = state->next[t * ALTERNATIVES + k];
				if (next != NOWHERE)
					play(arena, i, victim, t, next, state->entered[t * ALTERNATIVES + k], false);
			}
			struct alone alone;
			if ((state->inside & 1u << t) != 0 || (state->enabled & 1u << t) == 0)
				continue;
			uint32_t next = run_alone(arena->game[i].state, t, &alone, NULL);
			if (next != NOWHERE)
				play(arena, i, victim, t, next, alone.entered, true);
		}
	}
	arena->arcs.first[arena->n] = arena->arcs.n_arcs;
	arena->arcs.n_nodes = arena->n;
}

static bool counts(const struct arena *arena, uint32_t from, const struct arc *arc)
{
	return arena->game[from].waiting && arena->game[arc->to].waiting;
}

static void story_add_move(enum stateful_story story, uint32_t m)
{
	if (sf.story_n[story] < DEPTH_MAX)
		sf.story_path[story][sf.story_n[story]++] = m;
}

/* The moves of an arc, appended to a story. */
static void story_add_arc(enum stateful_story story, const struct arena *arena, uint32_t from, const struct arc *arc)
{
	uint32_t *path = sf.story_path[story], *n = &sf.story_n[story];
	uint32_t at = arena->game[from].state;

	if (arc->alone) {
		struct alone alone;
		static uint32_t moves[ALONE_MAX];
		run_alone(at, arc->thread, &alone, moves);
		for (uint32_t i = 0; i < alone.moves && *n < DEPTH_MAX; i++)
			path[(*n)++] = moves[i];
		return;
	}
	for (uint32_t k = 0; k < ALTERNATIVES; k++) {
		if (sf.state[at].next[arc->thread * ALTERNATIVES + k] == arena->game[arc->to].state && *n < DEPTH_MAX) {
			path[(*n)++] = arc->thread * ALTERNATIVES + k;
			return;
		}
	}
}

static void story_to(enum stateful_story story, const struct arena *arena, uint32_t node)
{
	static uint32_t way[DEPTH_MAX];
	uint32_t n = 0;

	for (uint32_t at = node; arena->parent[at] != NOWHERE && n < DEPTH_MAX; at = arena->parent[at])
		way[n++] = at;
	while (n-- > 0)
		story_add_arc(story, arena, arena->parent[way[n]], &arena->arcs.arc[arena->parent_arc[way[n]]]);
}

/* A way from the arc's end back to its beginning, within a component: breadth first. */
static void story_cycle(enum stateful_story story, const struct arena *arena, uint32_t from, uint32_t arc,
			const uint32_t *component)
{
	uint32_t *via = malloc(arena->n * 4), *back = malloc(arena->n * 4), *queue = malloc(arena->n * 4);
	uint32_t head = 0, tail = 0, begin = arena->arcs.arc[arc].to;

	memset(via, 0xff, arena->n * 4);
	story_add_arc(story, arena, from, &arena->arcs.arc[arc]);
	queue[tail++] = begin;
	back[begin] = NOWHERE;
	via[begin] = 0;
	while (head < tail && via[from] == NOWHERE) {
		uint32_t v = queue[head++];
		for (uint32_t a = arena->arcs.first[v]; a < arena->arcs.first[v + 1]; a++) {
			uint32_t w = arena->arcs.arc[a].to;
			if (via[w] != NOWHERE || component[w] != component[from])
				continue;
			via[w] = a;
			back[w] = v;
			queue[tail++] = w;
		}
	}
	uint32_t n = 0;
	for (uint32_t at = from; at != begin && via[at] != NOWHERE; at = back[at])
		queue[n++] = at;
	while (n-- > 0)
		story_add_arc(story, arena, back[queue[n]], &arena->arcs.arc[via[queue[n]]]);
	free(via);
	free(back);
	free(queue);
}

/* The subgraph in which the victim waits all the time. */
static struct arcs while_waiting(const struct arena *arena, uint32_t **origin)
{
	struct arcs arcs = { .first = malloc((arena->n + 1) * 4), .n_nodes = arena->n };

	*origin = malloc((arena->arcs.n_arcs + 1) * 4);
	for (uint32_t i = 0; i < arena->n; i++) {
		arcs.first[i] = arcs.n_arcs;
		for (uint32_t a = arena->arcs.first[i]; a < arena->arcs.first[i + 1]; a++) {
			if (!counts(arena, i, &arena->arcs.arc[a]))
				continue;
			(*origin)[arcs.n_arcs] = a;
			arcs_add(&arcs, arena->arcs.arc[a]);
		}
	}
	arcs.first[arena->n] = arcs.n_arcs;
	return arcs;
}

static void judge_victim(const struct arena *arena, uint32_t victim, struct stateful_result *result)
{
	uint32_t *origin, *component = malloc(arena->n * 4), *best = calloc(arena->n + 1, 4);
	struct arcs arcs = while_waiting(arena, &origin);
	uint32_t n = components(&arcs, component), *nodes = malloc(arena->n * 4), *begin = calloc(n + 2, 4);

	/* Nodes by component: a component's successors have smaller numbers. */
	for (uint32_t i = 0; i < arena->n; i++)
		begin[component[i] + 1]++;
	for (uint32_t c = 0; c < n; c++)
		begin[c + 1] += begin[c];
	uint32_t *fill = malloc((n + 1) * 4);
	memcpy(fill, begin, (n + 1) * 4);
	for (uint32_t i = 0; i < arena->n; i++)
		nodes[fill[component[i]]++] = i;
	for (uint32_t c = 0; c < n; c++) {
		for (uint32_t k = begin[c]; k < begin[c + 1]; k++) {
			uint32_t v = nodes[k];
			for (uint32_t a = arcs.first[v]; a < arcs.first[v + 1]; a++) {
				const struct arc *arc = &arcs.arc[a];
				if (component[arc->to] == c) {
					if (arc->weight == 0 || result->endless)
						continue;
					result->starves = result->endless = true;
					result->max_bypass = -1;
					result->victim = victim;
					sf.story_n[STORY_STARVES] = 0;
					story_to(STORY_STARVES, arena, v);
					sf.story_cycle[STORY_STARVES] = sf.story_n[STORY_STARVES];
					story_cycle(STORY_STARVES, arena, v, origin[a], component);
				} else if (best[component[arc->to]] + arc->weight > best[c]) {
					best[c] = best[component[arc->to]] + arc->weight;
				}
			}
		}
		if (!result->endless && (int32_t)best[c] > result->max_bypass) {
			result->max_bypass = (int32_t)best[c];
			if (best[c] > ex.request->max_bypass) {
				result->starves = true;
				result->victim = victim;
				sf.story_n[STORY_STARVES] = 0;
				story_to(STORY_STARVES, arena, nodes[begin[c]]);
				sf.story_cycle[STORY_STARVES] = NOWHERE;
			}
		}
	}
	free(origin);
	free(component);
	free(best);
	free(nodes);
	free(begin);
	free(fill);
	free(arcs.first);
	free(arcs.arc);
}

static void judge_waiting(struct stateful_result *result)
{
	struct arena arena = { .capacity = 400000, .table_size = 1600000 };

	arena.game = malloc(arena.capacity * sizeof *arena.game);
	arena.table = malloc(arena.table_size * 4);
	arena.parent = malloc(arena.capacity * 4);
	arena.parent_arc = malloc(arena.capacity * 4);
	arena.arcs.first = malloc((arena.capacity + 1) * 4);
	result->max_bypass = 0;
	for (uint32_t victim = 0; victim < ex.n_threads && !result->endless; victim++) {
		memset(arena.table, 0, arena.table_size * 4);
		arena.n = arena.arcs.n_arcs = 0;
		play_all(&arena, victim);
		judge_victim(&arena, victim, result);
	}
	free(arena.game);
	free(arena.table);
	free(arena.parent);
	free(arena.parent_arc);
	free(arena.arcs.first);
	free(arena.arcs.arc);
}

/* ---- busy waiting, livelock ---- */

static void story_state(enum stateful_story story, uint32_t index)
{
	uint32_t n = sf.state[index].depth;

	sf.story_n[story] = n;
	for (uint32_t at = index; n > 0; at = sf.state[at].parent)
		sf.story_path[story][--n] = sf.state[at].thread * ALTERNATIVES + sf.state[at].alternative;
	sf.story_cycle[story] = sf.story_n[story];
}

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
static bool look_at_wait(uint32_t index, uint32_t t, struct stateful_wait *wait, uint32_t *operation)
{
	const struct state *state = &sf.state[index];
	struct alone alone;

	uint16_t others = (uint16_t)(((1u << ex.n_threads) - 1) & ~(1u << t));
	if (state->operation[t] == TRIAL_OPERATION_NONE || (state->quiet & others) != others)
		return false;
	uint32_t end = run_alone(index, t, &alone, NULL);
	if (end == NOWHERE && !alone.spins)
		return false;
	if (alone.returned)
		return false;
	end = end == NOWHERE ? index : end;
	*wait = (struct stateful_wait){ .kind = kind_of_wait(&alone),
					.steps = alone.spins ? alone.round : alone.moves,
					.thread = t,
					.state = index };
	/* The library's own loop. */
	if (!alone.spins && (sf.state[end].spinning & 1u << t) != 0)
		*wait = (struct stateful_wait){ .kind = WAIT_SPINS, .steps = 1, .thread = t, .state = index };
	*operation = sf.state[end].operation[t];
	return *operation != TRIAL_OPERATION_NONE && *operation < TRIAL_OPERATION_COUNT;
}

/* A step of the loop that was found; of the library's, the call of it. */
static void place_wait(struct stateful_wait *wait)
{
	const struct run_thread *thread = &ex.thread[wait->thread];
	struct alone alone;
	uint32_t end = run_alone(wait->state, wait->thread, &alone, NULL);

	go_to(end == NOWHERE ? wait->state : end);
	machine_site(alone.spins ? thread->action.pc : thread->library_site, &wait->place);
	stop();
	ex.end = END_NONE;
}

static void judge_spinning(struct stateful_result *result)
{
	for (uint32_t i = 0; i < sf.n; i++) {
		for (uint32_t t = 0; t < ex.n_threads; t++) {
			struct stateful_wait seen, *known;
			uint32_t operation;
			if (!look_at_wait(i, t, &seen, &operation))
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
			place_wait(&result->wait[o]);
	}
	struct stateful_wait *worst = &result->wait[result->worst];
	if (worst->kind <= WAIT_BLOCKS)
		return;
	result->spins = true;
	story_state(STORY_SPINS, worst->state);
	struct alone alone;
	uint32_t *path = sf.story_path[STORY_SPINS] + sf.story_n[STORY_SPINS];
	if (sf.story_n[STORY_SPINS] + ALONE_MAX >= DEPTH_MAX)
		return;
	run_alone(worst->state, worst->thread, &alone, path);
	if (alone.spins)
		sf.story_n[STORY_SPINS] += alone.moves;
}

/* Appends the shortest way, within a component, from `from` to a state out of which thread t steps inside it, and that
 * step (t == NOWHERE: to the state `goal`). Returns where it ends. */
static uint32_t story_walk(enum stateful_story story, const struct arcs *arcs, const uint32_t *component, uint32_t from,
			   uint32_t t, uint32_t goal)
{
	uint32_t *via = malloc(sf.n * 4), *back = malloc(sf.n * 4), *queue = malloc(sf.n * 4);
	uint32_t head = 0, tail = 0, last = NOWHERE, at = NOWHERE, n = 0;

	memset(via, 0xff, sf.n * 4);
	memset(back, 0xff, sf.n * 4);
	queue[tail++] = from;
	while (head < tail && at == NOWHERE) {
		uint32_t v = queue[head++];
		if (t == NOWHERE && v == goal)
			at = v;
		for (uint32_t a = arcs->first[v]; a < arcs->first[v + 1] && at == NOWHERE; a++) {
			uint32_t w = arcs->arc[a].to;
			if (component[w] != component[from])
				continue;
			if (arcs->arc[a].thread == t) {
				at = v;
				last = a;
			} else if (w != from && via[w] == NOWHERE) {
				via[w] = a;
				back[w] = v;
				queue[tail++] = w;
			}
		}
	}
	if (at != NOWHERE) {
		for (uint32_t v = at; v != from; v = back[v])
			queue[n++] = via[v];
		while (n-- > 0)
			story_add_move(story, arcs->arc[queue[n]].move);
		if (last != NOWHERE)
			story_add_move(story, arcs->arc[last].move);
	}
	uint32_t end = last != NOWHERE ? arcs->arc[last].to : at != NOWHERE ? at : from;
	free(via);
	free(back);
	free(queue);
	return end;
}

/* A cycle in which nobody enters, though each thread that is not done takes steps in it, or is blocked. */
static void judge_livelock(struct stateful_result *result)
{
	struct arcs arcs = { .first = malloc((sf.n + 1) * 4), .n_nodes = sf.n };
	uint32_t *component = malloc(sf.n * 4);

	for (uint32_t i = 0; i < sf.n; i++) {
		arcs.first[i] = arcs.n_arcs;
		for (uint32_t m = 0; m < ex.n_threads * ALTERNATIVES; m++) {
			if (sf.state[i].next[m] != NOWHERE && sf.state[i].entered[m] == 0)
				arcs_add(&arcs, (struct arc){ .to = sf.state[i].next[m],
							      .thread = (uint16_t)(m / ALTERNATIVES),
							      .move = (uint16_t)m });
		}
	}
	arcs.first[sf.n] = arcs.n_arcs;
	uint32_t n = components(&arcs, component);
	uint16_t *steps = calloc(n, sizeof *steps), *blocked = calloc(n, sizeof *blocked);
	uint32_t *size = calloc(n, 4);
	for (uint32_t i = 0; i < sf.n; i++) {
		size[component[i]]++;
		blocked[component[i]] |= (uint16_t)~sf.state[i].enabled;
		for (uint32_t a = arcs.first[i]; a < arcs.first[i + 1]; a++) {
			if (component[arcs.arc[a].to] == component[i])
				steps[component[i]] |= (uint16_t)(1u << arcs.arc[a].thread);
		}
	}
	uint16_t all = (uint16_t)((1u << ex.n_threads) - 1);
	for (uint32_t i = 0; i < sf.n && !result->livelock; i++) {
		uint32_t c = component[i];
		if (sf.state[i].done == all || steps[c] == 0 || sf.state[i].enabled == 0 ||
		    ((steps[c] | blocked[c]) & all) != all)
			continue;
		uint32_t at = i;
		result->livelock = true;
		story_state(STORY_LIVELOCK, i);
		for (uint32_t t = 0; t < ex.n_threads; t++) {
			if ((steps[c] & 1u << t) != 0)
				at = story_walk(STORY_LIVELOCK, &arcs, component, at, t, NOWHERE);
		}
		story_walk(STORY_LIVELOCK, &arcs, component, at, NOWHERE, i);
	}
	free(arcs.first);
	free(arcs.arc);
	free(component);
	free(steps);
	free(blocked);
	free(size);
}

void stateful_run(struct stateful_result *result)
{
	*result = (struct stateful_result){ .max_bypass = -1 };
	sf.state = malloc(STATES_MAX * sizeof *sf.state);
	sf.table = calloc(TABLE, 4);
	sf.n = 0;
	sf.cut = false;
	if (sf.state == NULL || sf.table == NULL)
		abort();
	ex.spurious_allowed = false;
	ex.end = END_NONE;
	sf.most = STATES_FIRST;
	sf.entries = 0;
	build();
	if (sf.cut && ex.inconclusive[0] == '\0' && ex.crash[0] == '\0' &&
	    (ex.job->workload->flags & WORKLOAD_ENDLESS) != 0) {
		/* A ticket that is counted up for ever makes ever new states: follow as many entries as it takes to
		 * break the bound. */
		memset(sf.table, 0, TABLE * sizeof *sf.table);
		sf.n = 0;
		sf.cut = false;
		sf.most = ex.request->max_executions < STATES_DEFAULT ? STATES_DEFAULT
			  : ex.request->max_executions < STATES_MAX   ? (uint32_t)ex.request->max_executions
								      : STATES_MAX;
		sf.entries = result->entries = ex.request->max_bypass + 2;
		ex.end = END_NONE;
		build();
	}
	if (sf.n > 0) {
		judge_livelock(result);
		if ((ex.job->workload->flags & WORKLOAD_ENDLESS) != 0) {
			judge_spinning(result);
			if (!result->livelock)
				judge_waiting(result);
		}
	}
	ex.spurious_allowed = true;
	result->states = sf.n;
	result->complete = !sf.cut && sf.n > 0;
}

void stateful_fini(void)
{
	free(sf.state);
	free(sf.table);
	memset(&sf, 0, sizeof sf);
}

uint32_t stateful_tell(enum stateful_story story, struct explore_step *steps, uint32_t most, uint32_t *begin,
		       uint32_t *end, char *schedule, size_t schedule_size)
{
	size_t used = (size_t)snprintf(schedule, schedule_size, "s"); /* a search over states, not a graph's schedule */
	uint32_t run = 0;

	sf.steps = steps;
	sf.n_steps = 0;
	sf.most_steps = most;
	*begin = *end = 0;
	ex.spurious_allowed = false;
	ex.end = END_NONE;
	sf.telling = true;
	if (ex.request->debugged)
		syncgrade_replay_begins();
	start();
	for (uint32_t i = 0; i < sf.story_n[story] && ex.end == END_NONE; i++) {
		uint32_t m = sf.story_path[story][i];
		if (i == sf.story_cycle[story])
			*begin = sf.n_steps;
		for (uint32_t t = 0; t < ex.n_threads; t++)
			enabled(&ex.thread[t]);
		if (m % ALTERNATIVES != 0 && used + 16 < schedule_size)
			used += (size_t)snprintf(schedule + used, schedule_size - used, "-%u", m % ALTERNATIVES);
		run++;
		if ((i + 1 == sf.story_n[story] || sf.story_path[story][i + 1] != m) && used + 16 < schedule_size) {
			used += (size_t)snprintf(schedule + used, schedule_size - used, "%c%u",
						 (char)('a' + m / ALTERNATIVES), run);
			run = 0;
		}
		move(m / ALTERNATIVES, m % ALTERNATIVES);
	}
	if (sf.story_cycle[story] < sf.story_n[story])
		*end = sf.n_steps;
	sf.telling = false;
	if (ex.request->debugged)
		syncgrade_replay_ends();
	stop();
	ex.spurious_allowed = true;
	ex.end = END_NONE;
	return sf.n_steps;
}
