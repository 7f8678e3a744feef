#include "search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "consistency.h"
#include "hash.h"
#include "process.h"
#include "violation.h"

#define LONG_EXECUTION 200u       /* events */
#define WORK_PER_EXECUTION 16000u /* of it, on average, that the budget allows for */
#define CYCLES_MAX 3u             /* rounds of a loop that writes and takes it back, before it is cut */
#define CANDIDATES_MAX 512u
#define RESTARTS_MAX 150u
#define EXECUTION_STEPS_MAX 3000u /* where a strategy chooses; longer ones are dropped */
#define ENDLESS_MAX 100u          /* of those, before it gives up */

/* ---- levels and items ---- */

static struct level *top(void)
{
	return &ex.levels[ex.n_levels - 1];
}

static struct level *push_level(void)
{
	if (ex.n_levels == ex.levels_made) {
		ex.levels = realloc(ex.levels, (ex.levels_made + 1) * sizeof *ex.levels);
		if (ex.levels == NULL)
			abort();
		memset(&ex.levels[ex.levels_made], 0, sizeof *ex.levels);
		graph_init(&ex.levels[ex.levels_made].graph, ex.n_threads);
		ex.levels_made++;
	}
	ex.n_levels++;
	top()->n = 0;
	graph_clear(&top()->graph);
	ex.graph = &top()->graph;
	return top();
}

static void pop_level(void)
{
	ex.n_levels--;
	ex.graph = ex.n_levels == 0 ? NULL : &top()->graph;
}

static void push_item(enum item_kind kind, uint32_t stamp, ref event, ref other, int32_t mo)
{
	struct level *level = top();

	if (ex.script != NULL || ex.strategy != NULL)
		return;
	if (level->n == level->capacity) {
		level->capacity = level->capacity == 0 ? 64 : 2 * level->capacity;
		level->items = realloc(level->items, level->capacity * sizeof *level->items);
		if (level->items == NULL)
			abort();
	}
	level->items[level->n++] =
	    (struct item){ .kind = kind, .stamp = stamp, .event = event, .other = other, .mo = mo };
}

void search_clear(void)
{
	while (ex.n_levels > 0)
		pop_level();
	push_level();
}

void search_fini(void)
{
	for (uint32_t i = 0; i < ex.levels_made; i++) {
		graph_fini(&ex.levels[i].graph);
		free(ex.levels[i].items);
	}
	free(ex.levels);
	ex.levels = NULL;
	ex.levels_made = ex.n_levels = 0;
}

/* ---- events: what follows from what they read ---- */

static bool order_acquires(unsigned order)
{
	return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME || order == __ATOMIC_ACQ_REL ||
	       order == __ATOMIC_SEQ_CST;
}

static bool order_releases(unsigned order)
{
	return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static uint64_t write_value(const struct graph *graph, uint32_t location, ref w)
{
	return w == REF_INITIAL ? location_at(location)->initial : graph_event(graph, w)->write_value;
}

static void set_order(struct event *event, enum outcome outcome)
{
	unsigned order =
	    outcome == OUTCOME_WRITE || !rule_writes(&event->rule) ? event->rule.order : event->rule.failure_order;
	bool reads = (event->flags & EVENT_READS) != 0;

	event->flags &= ~(uint32_t)(EVENT_SC | EVENT_ACQUIRE | EVENT_RELEASE);
	if (order == __ATOMIC_SEQ_CST)
		event->flags |= EVENT_SC;
	if (reads && order_acquires(order))
		event->flags |= EVENT_ACQUIRE;
	if (outcome == OUTCOME_WRITE && order_releases(order))
		event->flags |= EVENT_RELEASE;
}

/* The clocks of an event by what comes before it in its thread. */
static void base_clocks(const struct graph *graph, ref r, union clock *hb, union clock *porf)
{
	uint32_t t = REF_THREAD(r), i = REF_INDEX(r);

	if (i == 0) {
		memset(hb, 0, sizeof *hb);
		memset(porf, 0, sizeof *porf);
	} else {
		*hb = graph->thread[t].event[i - 1].hb;
		*porf = graph->thread[t].event[i - 1].porf;
	}
}

/* Makes event r read `from`: its value, outcome and clocks. */
static enum outcome set_from(struct graph *graph, ref r, ref from)
{
	struct event *event = graph_event(graph, r);
	uint64_t new;
	enum outcome outcome;

	event->from = from;
	event->read_value = write_value(graph, event->location, from);
	outcome = rule_apply(&event->rule, event->read_value, &new);
	event->flags &= ~(uint32_t)(EVENT_BLOCKED | EVENT_DEMOTED);
	if (outcome == OUTCOME_BLOCK)
		event->flags |= EVENT_BLOCKED;
	set_order(event, outcome);
	base_clocks(graph, r, &event->hb, &event->porf);
	event->hb.c[REF_THREAD(r)] = event->porf.c[REF_THREAD(r)] = (int16_t)(REF_INDEX(r) + 1);
	if (from != REF_INITIAL) {
		const struct event *w = graph_event(graph, from);
		clock_join(&event->porf, &w->porf);
		if ((event->flags & EVENT_ACQUIRE) != 0)
			clock_join(&event->hb, &w->message);
	}
	return outcome;
}

/* What a write passes on to who acquires it: RC11's release sequences, which are C17's but for contiguity. */
static void set_message(struct graph *graph, ref r, const struct run_thread *thread)
{
	struct event *event = graph_event(graph, r);
	const struct refs *writes = &graph->location[event->location].writes;

	event->message = thread->fence;
	if ((event->flags & EVENT_RELEASE) != 0)
		event->message = event->hb;
	for (uint32_t i = 0; i < writes->n; i++) {
		if (REF_THREAD(writes->ref[i]) == REF_THREAD(r) && writes->ref[i] < r)
			clock_join(&event->message, &graph_event(graph, writes->ref[i])->message);
	}
	if ((event->flags & EVENT_RMW) != 0 && event->from != REF_INITIAL)
		clock_join(&event->message, &graph_event(graph, event->from)->message);
}

/* ---- backward revisits ---- */

/* Whether a write is in "Previous": added no later than `stamp`, or before w in porf. */
static bool in_previous(const struct graph *graph, ref x, uint32_t stamp, ref w)
{
	if (x == REF_INITIAL)
		return true;
	if (x == w)
		return false;
	return graph_event(graph, x)->write_stamp <= stamp || clock_has(&graph_event(graph, w)->porf, x);
}

static bool newest_in_previous(const struct graph *graph, uint32_t location, int32_t mo, uint32_t stamp, ref w)
{
	const struct refs *writes = &graph->location[location].writes;

	for (uint32_t i = (uint32_t)(mo + 1); i < writes->n; i++) {
		if (in_previous(graph, writes->ref[i], stamp, w))
			return false;
	}
	return true;
}

static bool maximal_read(const struct graph *graph, const struct event *event, ref w)
{
	return in_previous(graph, event->from, event->stamp, w) &&
	       newest_in_previous(graph, event->location, graph_mo(graph, event->from), event->stamp, w);
}

static bool maximal_write(const struct graph *graph, ref r, ref w)
{
	const struct event *event = graph_event(graph, r);
	const struct refs *reads = &graph->location[event->location].reads;

	for (uint32_t i = 0; i < reads->n; i++) {
		const struct event *read = graph_event(graph, reads->ref[i]);
		if (read->from == r && read->stamp <= event->write_stamp)
			return false;
	}
	return newest_in_previous(graph, event->location, event->mo, event->write_stamp, w);
}

/* TruSt's condition: what the revisit of `read` by `w` deletes was added in the one way that is explored from each
 * graph, so that of all graphs from which the revisit leads to the same graph, exactly one takes it. */
static bool may_revisit(const struct graph *graph, ref read, ref w)
{
	const union clock *prefix = &graph_event(graph, w)->porf;
	uint32_t stamp = graph_event(graph, read)->stamp;

	for (uint32_t t = 0; t < graph->n_threads; t++) {
		for (uint32_t i = graph->thread[t].n; i-- > (uint32_t)prefix->c[t];) {
			const struct event *event = &graph->thread[t].event[i];
			bool later = event->stamp > stamp || REF(t, i) == read;
			bool writes = (event->flags & EVENT_WRITES) != 0 && event->write_stamp > stamp;
			if (!later && !writes)
				break;
			if (writes && !maximal_write(graph, REF(t, i), w))
				return false;
			if (!later)
				break;
			if ((event->flags & EVENT_READS) != 0 && !maximal_read(graph, event, w))
				return false;
			if ((event->flags & EVENT_CHOICE) != 0 && event->read_value != 0)
				return false;
		}
	}
	return true;
}

static void push_revisits(ref w)
{
	const struct graph *graph = ex.graph;
	const struct event *event = graph_event(graph, w);
	const struct refs *reads = &graph->location[event->location].reads;

	if (ex.script != NULL || ex.strategy != NULL)
		return;
	for (uint32_t i = 0; i < reads->n; i++) {
		ref r = reads->ref[i];
		if (clock_has(&event->porf, r) || !may_revisit(graph, r, w))
			continue;
		push_item(ITEM_REVISIT, event->write_stamp, r, w, 0);
	}
}

/* ---- placing writes ---- */

/* Where write `w`, not yet in mo, may go; newest first. `reader`, if any, reads it. Returns how many. */
static uint32_t places_of(struct graph *graph, ref w, ref reader, int32_t *place, uint32_t most)
{
	struct event *event = graph_event(graph, w);
	uint32_t l = event->location, n = 0;
	int32_t newest = (int32_t)graph->location[l].writes.n, floor;
	union clock hb, porf;

	if ((event->flags & EVENT_RMW) != 0) {
		if (rmw_reader(graph, l, event->from, w) != REF_INITIAL)
			return 0;
		floor = newest = graph_mo(graph, event->from) + 1;
	} else {
		base_clocks(graph, w, &hb, &porf);
		floor = write_floor(graph, l, &hb);
	}
	if (reader != REF_INITIAL) {
		base_clocks(graph, reader, &hb, &porf);
		int32_t least = read_floor(graph, l, &hb) + 1;
		if (least > newest)
			return 0;
		if ((event->flags & EVENT_RMW) == 0 && least > floor)
			floor = least;
		else if (least > floor)
			return 0;
	}
	for (int32_t mo = newest; mo >= floor && n < most; mo--) {
		bool last = mo == (int32_t)graph->location[l].writes.n;
		if ((event->flags & EVENT_RMW) == 0 && splits_rmw(graph, l, mo))
			continue;
		if (!last) {
			graph_place(graph, w, mo);
			bool cycle = makes_cycle(graph, w, ex.sc) ||
				     (reader != REF_INITIAL && makes_cycle(graph, reader, ex.sc));
			graph_unplace(graph, w);
			if (cycle)
				continue;
		}
		place[n++] = mo;
	}
	return n;
}

static uint32_t alternative(enum alternative_kind kind, uint32_t n)
{
	if (ex.strategy != NULL)
		return n > 1 ? ex.strategy->alternative(kind, n) : 0;
	uint32_t k = ex.script == NULL ? 0 : ex.script->step[ex.script_at].alternative;

	return k < n ? k : 0;
}

/* Adds the write of event r, the last of its thread. False: this execution is inconsistent. */
static bool add_write(struct run_thread *thread, ref r)
{
	struct graph *graph = ex.graph;
	struct event *event = graph_event(graph, r);
	int32_t place[CANDIDATES_MAX];
	uint32_t n;

	event->write_stamp = (event->flags & EVENT_READS) != 0 ? ++graph->stamp : event->stamp;
	set_message(graph, r, thread);
	n = places_of(graph, r, REF_INITIAL, place, CANDIDATES_MAX);
	if (n == 0) {
		/* Two read-modify-write operations read the same write: one of them must read the other instead. */
		graph_place(graph, r, graph_mo(graph, event->from) + 1);
		push_revisits(r);
		ex.end = END_DOOMED;
		return false;
	}
	uint32_t k = alternative(ALTERNATIVE_WRITE, n);
	graph_place(graph, r, place[k]);
	for (uint32_t i = n; i-- > 0;) {
		if (i != k)
			push_item(ITEM_WRITE, event->write_stamp, r, REF_INITIAL, place[i]);
	}
	push_revisits(r);
	return true;
}

/* ---- memory ---- */

static bool is_stack(uint64_t address)
{
	for (uint32_t t = 0; t <= ex.n_threads; t++) {
		const struct fiber *fiber = fiber_get(t);
		if (address >= (uint64_t)(uintptr_t)fiber->stack_begin &&
		    address < (uint64_t)(uintptr_t)fiber->stack_end)
			return true;
	}
	return false;
}

/* Brings a location into this execution, and notices what wrote to it behind the model's back. */
static void touch(struct run_thread *thread, uint32_t index)
{
	struct location *location = location_at(index);

	if (location->generation == 0 && !location->library &&
	    !machine_probe(thread, location->address, location->size))
		return;

	if (location->generation == ex.generation) {
		if (!location->library && !location->stack &&
		    load_bytes(location->address, location->size) != location->memory)
			machine_give_up("memory changed behind the explorer's back: code that is not instrumented "
					"(inline assembly?) writes a variable that threads share");
		return;
	}
	location->generation = ex.generation;
	location->memory_mo = -1;
	if (location->library) {
		location->initial = location->memory = location->solo;
		return;
	}
	location->stack = is_stack(location->address);
	location->initial = location->memory = load_bytes(location->address, location->size);
	shadow_track(location->address, location->size, index);
}

static void show_write(uint32_t index, const struct event *event)
{
	struct location *location = location_at(index);

	if (event->mo < location->memory_mo)
		return;
	location->memory_mo = event->mo;
	location->memory = event->write_value;
	if (!location->library)
		store_bytes(location->address, location->size, event->write_value);
}

/* A write was put before others in mo while memory already holds a later one: positions have moved. */
static void shift_memory(uint32_t index, const struct event *placed)
{
	struct location *location = location_at(index);

	if (location->memory_mo >= placed->mo)
		location->memory_mo++;
}

/* A plain access that is an event goes through memory: put there what it reads, and take from there what it wrote. */
static void settle(struct run_thread *thread)
{
	struct event *event = graph_event(ex.graph, thread->pending);
	struct location *location = location_at(event->location);

	thread->pending = REF_INITIAL;
	if ((event->flags & EVENT_WRITES) != 0) {
		uint64_t value = load_bytes(location->address, location->size);
		if ((event->flags & EVENT_PENDING) == 0 && value != event->write_value)
			machine_give_up(
			    "a thread wrote another value when it was run again: what it does depends on more than "
			    "the explorer controls");
		event->write_value = value;
		event->flags &= ~(uint32_t)EVENT_PENDING;
		if (event->mo == location->memory_mo)
			location->memory = value;
	}
	store_bytes(location->address, location->size, location->memory);
}

/* ---- performing events ---- */

void search_result(struct run_thread *thread, const struct action *action, uint64_t value, enum outcome outcome)
{
	thread->result = value;
	if (action->hook >= HOOK_cas1 && action->hook < HOOK_cas_val1) {
		uint64_t expected = thread->fiber->request.argument[1];
		/* Another process may have been run since the thread asked. */
		if (ex.processes)
			expected = process_address(thread, expected);
		if (outcome != OUTCOME_WRITE)
			store_bytes(expected, action->rule.part != 0 ? action->rule.part : action->rule.size, value);
		thread->result = outcome == OUTCOME_WRITE;
	}
}

static bool check_race(struct run_thread *thread, const struct action *action, const struct event *event, ref r)
{
	struct race_place other;
	const struct location *location = location_at(event->location);
	bool write = (event->flags & EVENT_WRITES) != 0;

	if (action->rule.library)
		return false;
	if (!shadow_atomic(location->address, location->size, write, REF_THREAD(r), &event->hb, &other))
		return false;
	search_race(&(struct race_place){ .thread = (uint32_t)(thread - ex.thread),
					  .size = location->size,
					  .write = write,
					  .atomic = !action->rule.plain,
					  .pc = action->pc,
					  .address = location->address },
		    &other);
	/* From the next time on, the plain accesses to it count as relaxed. */
	for (uint32_t i = 0; i < ex.n_promoted; i++) {
		if (ex.promoted[i].address == location->address && ex.promoted[i].size >= location->size)
			return false;
	}
	if (ex.n_promoted < sizeof ex.promoted / sizeof *ex.promoted) {
		ex.promoted[ex.n_promoted].address = location->address;
		ex.promoted[ex.n_promoted++].size = location->size;
		ex.end = END_RESTART;
	} else {
		machine_give_up("more plain variables race than the explorer follows");
	}
	return true;
}

/* The event, which the graph has with all it reads and writes, happens in this execution. */
static void perform(struct run_thread *thread, const struct action *action, ref r)
{
	struct event *event = graph_event(ex.graph, r);
	bool writes = (event->flags & EVENT_WRITES) != 0;

	thread->consumed++;
	thread->plain_streak = 0;
	thread->hb = event->hb;
	thread->porf = event->porf;
	if ((event->flags & EVENT_BLOCKED) != 0) {
		thread->status = THREAD_BLOCKED;
		thread->reason = BLOCK_LIBRARY;
		return;
	}
	if ((event->flags & EVENT_READS) != 0 && event->from != REF_INITIAL)
		clock_join(&thread->acquire, &graph_event(ex.graph, event->from)->message);
	if (check_race(thread, action, event, r))
		return;
	if (action->rule.plain) {
		struct location *location = location_at(event->location);
		thread->pending = r;
		if ((event->flags & EVENT_READS) != 0)
			store_bytes(location->address, location->size, event->read_value);
		if (writes && event->mo >= location->memory_mo) {
			location->memory_mo = event->mo;
			location->memory = event->write_value;
		}
		return;
	}
	if (writes)
		show_write(event->location, event);
	uint64_t new;
	search_result(thread, action, rule_value(&event->rule, event->read_value),
		      rule_apply(&event->rule, event->read_value, &new));
}

static void perform_fence(struct run_thread *thread, struct event *event, ref r)
{
	unsigned order = event->rule.order;

	thread->consumed++;
	if (order_acquires(order))
		clock_join(&thread->hb, &thread->acquire);
	thread->hb.c[REF_THREAD(r)] = thread->porf.c[REF_THREAD(r)] = (int16_t)(REF_INDEX(r) + 1);
	if (order_releases(order))
		thread->fence = thread->hb;
	event->hb = thread->hb;
	event->porf = thread->porf;
}

static void perform_choice(struct run_thread *thread, struct event *event, ref r)
{
	thread->consumed++;
	thread->hb.c[REF_THREAD(r)] = thread->porf.c[REF_THREAD(r)] = (int16_t)(REF_INDEX(r) + 1);
	event->hb = thread->hb;
	event->porf = thread->porf;
	thread->result = event->read_value;
}

/* ---- waiting ---- */

uint64_t search_state(const struct run_thread *thread)
{
	const struct fiber *fiber = thread->fiber;
	const char *sp = (const char *)fiber->stack;

	return hash_bytes(sp, (size_t)(fiber->stack_end - sp), (uint64_t)(uintptr_t)sp) | 1;
}

static bool changes_nothing(ref r)
{
	const struct event *event = graph_event(ex.graph, r);

	if ((event->flags & EVENT_WRITES) == 0)
		return true;
	if ((event->flags & (EVENT_RMW | EVENT_PLAIN)) != EVENT_RMW || event->write_value != event->read_value)
		return false;
	/* Others may have come to read it (backward revisits): then it stays. */
	const struct graph_location *location = &ex.graph->location[event->location];
	for (uint32_t i = 0; i < location->reads.n; i++) {
		if (graph_event(ex.graph, location->reads.ref[i])->from == r &&
		    REF_THREAD(location->reads.ref[i]) != REF_THREAD(r))
			return false;
	}
	return true;
}

/* Takes back the write of a read-modify-write operation that changed nothing: what read it (only its own thread, and
 * only since) reads the same value from where that came. */
static void demote(ref r)
{
	struct event *event = graph_event(ex.graph, r);
	struct graph_thread *thread = &ex.graph->thread[REF_THREAD(r)];
	struct level *level = top();
	uint32_t n = 0;

	if ((event->flags & EVENT_WRITES) == 0)
		return;
	graph_unplace(ex.graph, r);
	event->flags |= EVENT_DEMOTED;
	event->flags &= ~(uint32_t)EVENT_RELEASE;
	struct location *location = location_at(event->location);
	if (location->memory_mo >= event->mo)
		location->memory_mo--;
	for (uint32_t i = REF_INDEX(r) + 1; i < thread->n; i++) {
		if ((thread->event[i].flags & EVENT_READS) != 0 && thread->event[i].from == r)
			thread->event[i].from = event->from;
	}
	for (uint32_t i = 0; i < level->n; i++) {
		struct item *item = &level->items[i];
		if (item->other == r && item->kind == ITEM_READ)
			item->other = event->from;
		if (item->kind == ITEM_REVISIT && item->other == r)
			continue;
		level->items[n++] = *item;
	}
	level->n = n;
}

/* Whether some write was there already when the event was added, and newer than what it reads. */
static bool read_stale(const struct event *event)
{
	const struct refs *writes = &ex.graph->location[event->location].writes;

	for (uint32_t i = (uint32_t)(graph_mo(ex.graph, event->from) + 1); i < writes->n; i++) {
		if (graph_event(ex.graph, writes->ref[i])->write_stamp < event->stamp)
			return true;
	}
	return false;
}

static void block_spin(struct run_thread *thread, uint32_t begin, uint32_t end)
{
	struct graph_thread *events = &ex.graph->thread[thread - ex.thread];

	thread->status = THREAD_BLOCKED;
	thread->reason = BLOCK_SPIN;
	thread->spin_begin = begin;
	thread->spin_end = end;
	if (ex.strategy != NULL)
		return;
	for (uint32_t i = begin; i < end; i++)
		demote(REF(thread - ex.thread, i));
	/* If the last read was stale, no later write may revisit this round, and the round with the newest value shows
	 * all that others can do meanwhile. */
	for (uint32_t i = end; i-- > begin;) {
		if ((events->event[i].flags & EVENT_READS) == 0)
			continue;
		if (read_stale(&events->event[i]))
			ex.end = END_PRUNED;
		break;
	}
}

/* Two rounds that read the same writes, or each its own: the next round would be no different. */
static bool same_rounds(const struct graph_thread *thread, uint32_t one, uint32_t two, uint32_t end, uint32_t t)
{
	if (two - one != end - two)
		return false;
	for (uint32_t i = 0; i < end - two; i++) {
		const struct event *a = &thread->event[one + i], *b = &thread->event[two + i];
		if ((a->flags & EVENT_READS) == 0 || a->from == b->from)
			continue;
		if (a->from == REF_INITIAL || b->from == REF_INITIAL || REF_THREAD(a->from) != t ||
		    REF_THREAD(b->from) != t || b->from - a->from != two - one)
			return false;
	}
	return true;
}

static uint64_t *filter_word(struct states_seen *seen, uint64_t state, uint64_t *bit)
{
	uint64_t mixed = state * 0x9e3779b97f4a7c15u >> 53; /* 11 bits */

	*bit = UINT64_C(1) << (mixed & 63);
	return &seen->bits[mixed >> 6];
}

/* False: none of the thread's events began in this state. */
static bool may_have_seen(struct states_seen *seen, const struct graph_thread *events, uint64_t state)
{
	uint64_t bit;

	for (; seen->noted < events->n; seen->noted++) {
		uint64_t *word = filter_word(seen, events->event[seen->noted].state, &bit);
		*word |= bit;
	}
	return (*filter_word(seen, state, &bit) & bit) != 0;
}

/* The thread is about to read, in a state that it has been in before: is it in a loop that waits? Where it is the
 * library that reads, a round in which the thread slept and was woken is none of such a loop. */
static bool find_await(struct run_thread *thread, uint64_t state, bool library)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	const struct graph_thread *events = &ex.graph->thread[t];
	uint32_t seen[CYCLES_MAX + 1], n = 0;
	bool visible = false;

	if (!may_have_seen(&thread->seen, events, state))
		return false;
	for (uint32_t i = events->n; i-- > 0 && n <= CYCLES_MAX;) {
		const struct event *event = &events->event[i];
		if (event->operation != thread->operations || (library && event->rule.rule == RULE_AWAIT_CLEAR))
			break;
		if (!changes_nothing(REF(t, i)))
			visible = true;
		if (event->state != state)
			continue;
		if (event->plain_writes != thread->plain_writes)
			return false;
		if (!visible) {
			block_spin(thread, i, events->n);
			return true;
		}
		seen[n++] = i;
	}
	if (n < 2)
		return false;
	if (n <= CYCLES_MAX && !same_rounds(events, seen[1], seen[0], events->n, t))
		return false;
	if (n > CYCLES_MAX)
		ex.cycles_cut = true;
	ex.cycles_seen = true;
	thread->status = THREAD_BLOCKED;
	thread->reason = BLOCK_CYCLE;
	thread->spin_begin = seen[0];
	thread->spin_end = events->n;
	return true;
}

/* A step on a lock or a semaphore of the library: a loop may go round by these alone, and look at plain memory
 * meanwhile. */
static bool may_be_polled(const struct action *action)
{
	enum rule rule = (enum rule)action->rule.rule;

	return KEY_OF(action->address) == KEY_VALUE &&
	       (rule == RULE_AWAIT_EXCHANGE || rule == RULE_AWAIT_TAKE || rule == RULE_COMPARE || rule == RULE_TAKE);
}

/* ---- adding events ---- */

static struct event *new_event(struct run_thread *thread, const struct action *action, uint32_t flags)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	struct event *event = graph_add(ex.graph, t);

	event->flags = flags;
	event->hook = action->hook;
	event->pc = action->pc;
	event->rule = action->rule;
	event->operation = thread->operations;
	event->plain_writes = thread->plain_writes;
	event->choices = action->choices;
	return event;
}

/* A futex's waiter looked at the word in the step before it joined those who sleep; the kernel does both at once. So
 * what it knows by joining must still allow what it saw. */
static bool still_sees(const struct graph *graph, ref r)
{
	const struct event *event = graph_event(graph, r);

	if (event->rule.rule != RULE_ENQUEUE || REF_INDEX(r) == 0)
		return true;
	const struct event *look = graph_event(graph, r - 1);
	if ((look->flags & EVENT_READS) == 0)
		return true;
	return read_floor(graph, look->location, &event->hb) <= graph_mo(graph, look->from);
}

/* The writes that event r may read, the newest first; sets each in turn, and leaves none set. */
static uint32_t candidates_of(ref r, ref *candidate)
{
	struct graph *graph = ex.graph;
	struct event *event = graph_event(graph, r);
	const struct refs *writes = &graph->location[event->location].writes;
	union clock hb, porf;
	uint32_t n = 0;

	base_clocks(graph, r, &hb, &porf);
	int32_t floor = read_floor(graph, event->location, &hb), newest = (int32_t)writes->n - 1;
	for (int32_t mo = newest; mo >= floor && n < CANDIDATES_MAX; mo--) {
		ref w = mo < 0 ? REF_INITIAL : writes->ref[mo];
		enum outcome outcome = set_from(graph, r, w);
		if (outcome == OUTCOME_WRITE && rule_reads(&event->rule)) {
			ref other = rmw_reader(graph, event->location, w, r);
			if (other != REF_INITIAL && (ex.strategy != NULL || clock_has(&event->porf, other)))
				continue;
		}
		/* A stale read by which a library call would wait on: nothing comes of it that the newest does not
		 * give. */
		if (outcome == OUTCOME_BLOCK && mo != newest)
			continue;
		if (!still_sees(graph, r) || (mo != newest && makes_cycle(graph, r, ex.sc)))
			continue;
		candidate[n++] = w;
	}
	return n;
}

static void note_order(const struct event *event)
{
	if ((event->flags & EVENT_PLAIN) != 0) {
		ex.graph->mixed = true;
		return;
	}
	if (event->rule.order == __ATOMIC_SEQ_CST || event->rule.failure_order == __ATOMIC_SEQ_CST)
		ex.graph->n_sc++;
	if (event->rule.order != __ATOMIC_SEQ_CST || event->rule.failure_order != __ATOMIC_SEQ_CST ||
	    (event->flags & EVENT_FENCE) != 0)
		ex.graph->mixed = true;
}

static void add_access(struct run_thread *thread, const struct action *action, uint32_t location)
{
	struct graph *graph = ex.graph;
	uint32_t t = (uint32_t)(thread - ex.thread);
	uint64_t state = 0, new;
	ref candidate[CANDIDATES_MAX];
	bool reads = rule_reads(&action->rule);

	if (reads && (!action->rule.library || may_be_polled(action))) {
		state = search_state(thread);
		if (!thread->woken && find_await(thread, state, action->rule.library)) {
			if (ex.strategy != NULL)
				thread->status = THREAD_WAITING;
			return;
		}
		thread->woken = false;
	}
	struct event *event =
	    new_event(thread, action,
		      (reads ? EVENT_READS : 0u) | (reads && rule_writes(&action->rule) ? EVENT_RMW : 0u) |
			  (action->rule.plain ? EVENT_PLAIN : 0u) | (action->rule.library ? EVENT_LIBRARY : 0u));
	ref r = REF(t, graph->thread[t].n - 1);
	event->location = location;
	event->state = state;
	graph_need_location(graph, location);
	note_order(event);
	if (reads) {
		graph_add_read(graph, r);
		uint32_t n = candidates_of(r, candidate);
		if (ex.strategy != NULL && n > 0 && set_from(graph, r, candidate[0]) == OUTCOME_BLOCK) {
			/* Not yet: it asks again when there is something new. */
			graph->location[location].reads.n--;
			graph->thread[t].n--;
			if (thread->seen.noted > graph->thread[t].n)
				thread->seen.noted = graph->thread[t].n;
			graph->stamp--;
			thread->status = THREAD_WAITING;
			thread->reason = BLOCK_LIBRARY;
			thread->seen_writes = graph->location[location].writes.n;
			return;
		}
		if (n == 0) {
			ex.end = END_DOOMED;
			return;
		}
		uint32_t k = alternative(ALTERNATIVE_READ, n);
		for (uint32_t i = n; i-- > 0;) {
			if (i != k)
				push_item(ITEM_READ, event->stamp, r, candidate[i], 0);
		}
		if (set_from(graph, r, candidate[k]) == OUTCOME_WRITE) {
			rule_apply(&event->rule, event->read_value, &event->write_value);
			if (action->rule.plain)
				event->flags |= EVENT_PENDING;
			if (!add_write(thread, r))
				return;
		}
	} else {
		rule_apply(&event->rule, 0, &new);
		event->write_value = new;
		set_order(event, OUTCOME_WRITE);
		base_clocks(graph, r, &event->hb, &event->porf);
		event->hb.c[t] = event->porf.c[t] = (int16_t)graph->thread[t].n;
		if (action->rule.plain)
			event->flags |= EVENT_PENDING;
		if (!add_write(thread, r))
			return;
	}
	if ((event->flags & EVENT_WRITES) != 0)
		shift_memory(location, event);
	perform(thread, action, r);
}

static void add_simple(struct run_thread *thread, const struct action *action)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	bool fence = action->kind == ACTION_FENCE;
	struct event *event = new_event(thread, action, fence ? EVENT_FENCE : EVENT_CHOICE);
	ref r = REF(t, ex.graph->thread[t].n - 1);

	if (fence) {
		event->rule.failure_order = event->rule.order;
		if (event->rule.order == __ATOMIC_SEQ_CST)
			event->flags |= EVENT_SC;
		note_order(event);
		perform_fence(thread, event, r);
		return;
	}
	event->read_value = alternative(ALTERNATIVE_CHOICE, action->choices);
	for (uint32_t k = action->choices; k-- > 0;) {
		if (k != event->read_value)
			push_item(ITEM_CHOICE, event->stamp, r, REF_INITIAL, (int32_t)k);
	}
	perform_choice(thread, event, r);
}

/* ---- executing along a graph ---- */

static void replay_access(struct run_thread *thread, const struct action *action, uint32_t location)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	ref r = REF(t, thread->consumed);
	struct event *event = graph_event(ex.graph, r);

	if (event->location != location) {
		machine_give_up(
		    "a thread did something else when it was run again: what it does depends on more than the "
		    "explorer controls");
		return;
	}
	if ((event->flags & EVENT_READS) != 0) {
		if (event->from != REF_INITIAL &&
		    ex.thread[REF_THREAD(event->from)].consumed <= REF_INDEX(event->from)) {
			thread->status = THREAD_WAITING;
			return;
		}
		/* Its write is still to be added, if what it reads now makes it write. */
		uint64_t new;
		if ((event->flags & (EVENT_WRITES | EVENT_DEMOTED)) == 0 &&
		    rule_apply(&event->rule, event->read_value, &new) == OUTCOME_WRITE) {
			event->write_value = new;
			if (action->rule.plain)
				event->flags |= EVENT_PENDING;
			if (!add_write(thread, r))
				return;
			shift_memory(location, event);
		}
	}
	perform(thread, action, r);
}

static void replay(struct run_thread *thread, const struct action *action, uint32_t location)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	struct event *event = &ex.graph->thread[t].event[thread->consumed];
	ref r = REF(t, thread->consumed);

	if (event->hook != action->hook || event->pc != action->pc) {
		machine_give_up(
		    "a thread did something else when it was run again: what it does depends on more than the "
		    "explorer controls");
		return;
	}
	/* A thread that went round its loop in vain before may have been let on since. */
	if (action->kind == ACTION_ACCESS)
		replay_access(thread, action, location);
	else if (action->kind == ACTION_FENCE)
		perform_fence(thread, event, r);
	else
		perform_choice(thread, event, r);
}

/* Handles a request that is an event of the model. */
static void handle_event(struct run_thread *thread, const struct action *action)
{
	uint32_t t = (uint32_t)(thread - ex.thread), location = NO_LOCATION;
	bool mixed;

	if (ex.strategy != NULL && ++ex.execution_steps >= EXECUTION_STEPS_MAX) {
		ex.end = END_PRUNED;
		return;
	}
	if (thread->consumed >= EVENTS_MAX) {
		machine_give_up("thread %u takes more than %u steps", t, EVENTS_MAX);
		return;
	}
	if (thread->consumed == ex.graph->thread[t].n && !ex.forward) {
		thread->status = THREAD_FRONTIER;
		return;
	}
	if (action->kind == ACTION_ACCESS) {
		location = location_find(action->address, action->rule.library ? 1 : action->rule.size,
					 action->rule.library, &mixed);
		if (location == NO_LOCATION && mixed && ex.n_merged < sizeof ex.merged / sizeof *ex.merged) {
			ex.merged[ex.n_merged++] = action->address >> 3;
			ex.end = END_RESTART;
			return;
		}
		if (location == NO_LOCATION) {
			machine_give_up("the plugin uses more shared variables than the explorer follows");
			return;
		}
		touch(thread, location);
		if (ex.end != END_NONE)
			return;
	}
	if (thread->consumed < ex.graph->thread[t].n)
		replay(thread, action, location);
	else if (action->kind == ACTION_ACCESS)
		add_access(thread, action, location);
	else
		add_simple(thread, action);
	if (ex.script != NULL && thread->status != THREAD_WAITING)
		ex.script_at++;
}

/* Runs a thread until it can go no further; `one_event`: no more than one event of the model. True: it moved. */
static bool advance(struct run_thread *thread, bool one_event)
{
	bool moved = false, event = false;

	while (ex.end == END_NONE) {
		if (thread->status == THREAD_READY) {
			machine_resume(thread);
			if (thread->pending != REF_INITIAL)
				settle(thread);
			thread->has_action = machine_action(thread, &thread->action);
			moved = true;
			if (!thread->has_action)
				continue;
			thread->status = THREAD_ASKING;
			if (event && one_event)
				return true;
		} else if (thread->status == THREAD_BLOCKED || thread->status == THREAD_DONE ||
			   (thread->status == THREAD_FRONTIER && !ex.forward)) {
			return moved;
		}
		thread->status = THREAD_READY;
		handle_event(thread, &thread->action);
		if (thread->status == THREAD_WAITING || thread->status == THREAD_FRONTIER)
			return moved;
		moved = event = true;
		/* A plain access that is an event is made only when the thread runs on. */
		if (one_event && thread->pending == REF_INITIAL)
			return true;
	}
	return moved;
}

static bool all_done(void)
{
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		if (ex.thread[t].status != THREAD_DONE)
			return false;
	}
	return true;
}

static void follow_script(void)
{
	for (ex.script_at = 0; ex.script_at < ex.script->n && ex.end == END_NONE;) {
		uint32_t t = ex.script->step[ex.script_at].thread, at = ex.script_at;
		if (t >= ex.n_threads)
			break;
		while (ex.script_at == at && ex.end == END_NONE) {
			if (!advance(&ex.thread[t], true) || ex.thread[t].status == THREAD_DONE ||
			    ex.thread[t].status == THREAD_BLOCKED)
				break;
		}
		if (ex.script_at == at)
			ex.script_at++;
	}
}

void search_execute(void)
{
	bool moved = true;

	machine_start();
	if (ex.script != NULL) {
		ex.forward = true;
		follow_script();
	}
	while (moved && ex.end == END_NONE && ex.script == NULL) {
		moved = false;
		for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE; t++)
			moved |= advance(&ex.thread[t], false);
	}
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE && ex.script == NULL; t++) {
		if (ex.thread[t].status == THREAD_WAITING)
			machine_give_up("a graph could not be executed again");
	}
	ex.forward = true;
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE; t++) {
		if (ex.thread[t].status == THREAD_FRONTIER)
			ex.thread[t].status = THREAD_ASKING;
		if (!ex.tracing)
			advance(&ex.thread[t], false);
	}
	if (ex.end != END_NONE || ex.tracing)
		return;
	if (all_done())
		machine_finish();
	else
		violation_check_stuck();
}

/* ---- one execution, as a strategy chooses ---- */

/* Whether a thread can take a step; one that waits can when what it looked at has changed. */
static bool may_go(struct run_thread *thread)
{
	const struct graph_thread *events = &ex.graph->thread[thread - ex.thread];

	if (thread->status != THREAD_WAITING)
		return thread->status != THREAD_DONE && thread->status != THREAD_BLOCKED;
	if (thread->reason == BLOCK_LIBRARY) {
		uint32_t location = location_lookup(thread->action.address, 1);
		return ex.graph->location[location].writes.n != thread->seen_writes;
	}
	for (uint32_t i = thread->spin_begin; i < thread->spin_end; i++) {
		const struct event *event = &events->event[i];
		if ((event->flags & EVENT_READS) == 0)
			continue;
		int32_t newest = (int32_t)ex.graph->location[event->location].writes.n - 1;
		int32_t own = (event->flags & EVENT_WRITES) != 0 ? event->mo : graph_mo(ex.graph, event->from);
		if (newest > own) {
			thread->woken = true;
			return true;
		}
	}
	return false;
}

static void execute_chosen(void)
{
	uint32_t last = ex.n_threads;

	search_clear();
	machine_start();
	ex.forward = true;
	ex.execution_steps = 0;
	while (ex.end == END_NONE) {
		uint32_t can[THREADS_MAX], n = 0;
		for (uint32_t t = 0; t < ex.n_threads; t++) {
			if (may_go(&ex.thread[t]))
				can[n++] = t;
		}
		if (n == 0)
			break;
		last = ex.strategy->thread(can, n, last);
		advance(&ex.thread[last], true);
	}
	if (ex.end != END_NONE)
		return;
	/* Those who wait do so for good now. */
	const struct strategy *kept = ex.strategy;
	ex.strategy = NULL;
	for (uint32_t t = 0; t < ex.n_threads && ex.end == END_NONE; t++) {
		if (ex.thread[t].status != THREAD_WAITING)
			continue;
		if (ex.thread[t].reason == BLOCK_LIBRARY)
			handle_event(&ex.thread[t], &ex.thread[t].action);
		else
			ex.thread[t].status = THREAD_BLOCKED;
	}
	ex.strategy = kept;
	if (ex.end != END_NONE)
		return;
	if (all_done())
		machine_finish();
	else
		violation_check_stuck();
}

/* What an execution costs grows with the square of its length, and with the looks for cycles. A budget in such units
 * does not depend on the machine, and keeps an algorithm of long executions (a bakery of three) from taking a hundred
 * times as long as one of short ones. */
static uint64_t work_of_execution(uint64_t before)
{
	uint64_t events = 0;

	for (uint32_t t = 0; t < ex.graph->n_threads; t++)
		events += ex.graph->thread[t].n;
	/* Long loops cost more still: each write looks at each read before it, and revisits copy the graph. */
	uint64_t factor = events > LONG_EXECUTION ? events / LONG_EXECUTION : 1;

	return events * events * factor * factor + 8 * (consistency_work - before);
}

static bool out_of_work(void)
{
	return ex.work >= ex.max_executions * WORK_PER_EXECUTION;
}

static bool out_of_budget(void)
{
	return ex.executions >= ex.max_executions || out_of_work();
}

static void count_execution(void)
{
	ex.executions++;
	ex.work += work_of_execution(ex.looked);
	ex.looked = consistency_work;
	if (ex.end == END_NONE && all_done())
		ex.complete++;
	else if (ex.end == END_NONE || ex.end == END_PRUNED)
		ex.blocked++;
	else if (ex.end == END_FINDING)
		ex.cut++;
}

void search_chosen(const struct strategy *strategy, uint32_t n)
{
	uint32_t longest = 0, restarts = 0, endless = 0;

	ex.strategy = strategy;
	ex.work = 0;
	for (uint32_t i = 0; i < n && endless < ENDLESS_MAX && ex.end != END_STOP && !violation_enough(); i++) {
		if (out_of_work() || !strategy->begin(ex.n_threads, longest))
			break;
		execute_chosen();
		count_execution();
		if (ex.end == END_RESTART) {
			locations_reset();
			strategies_reset();
			if (++restarts > RESTARTS_MAX)
				machine_give_up("variables are accessed in more shapes than the explorer follows");
		}
		endless += ex.execution_steps >= EXECUTION_STEPS_MAX;
		if (ex.execution_steps > longest)
			longest = ex.execution_steps;
	}
	ex.strategy = NULL;
	search_clear();
}

/* ---- the search ---- */

/* Returns false if the revisited graph is inconsistent. */
static bool apply_revisit(const struct item *item)
{
	struct graph *graph;
	union clock prefix;
	int32_t place[CANDIDATES_MAX];
	uint32_t n, stamp;
	ref r = item->event, w = item->other;

	graph_cut(ex.graph, item->stamp);
	push_level();
	graph = ex.graph;
	graph_copy(graph, &ex.levels[ex.n_levels - 2].graph);
	prefix = graph_event(graph, w)->porf;
	stamp = graph_event(graph, r)->stamp;
	graph_unplace(graph, w);
	graph_restrict(graph, stamp, &prefix);
	set_from(graph, r, w);
	n = still_sees(graph, r) ? places_of(graph, w, r, place, CANDIDATES_MAX) : 0;
	if (n == 0) {
		pop_level();
		return false;
	}
	graph_place(graph, w, place[0]);
	for (uint32_t i = n; i-- > 1;)
		push_item(ITEM_WRITE, graph_event(graph, w)->write_stamp, w, REF_INITIAL, place[i]);
	return true;
}

/* Makes the graph that an item stands for; false: there is none. */
static bool apply(struct item item)
{
	struct event *event;

	if (item.kind == ITEM_REVISIT)
		return apply_revisit(&item);
	graph_cut(ex.graph, item.stamp);
	event = graph_event(ex.graph, item.event);
	switch (item.kind) {
	case ITEM_READ:
		set_from(ex.graph, item.event, item.other);
		break;
	case ITEM_WRITE:
		graph_unplace(ex.graph, item.event);
		graph_place(ex.graph, item.event, item.mo);
		break;
	case ITEM_CHOICE:
		event->read_value = (uint64_t)item.mo;
		break;
	case ITEM_REVISIT:
		break;
	}
	return true;
}

static void start(void)
{
	search_clear();
	ex.executions = ex.complete = ex.blocked = ex.cut = ex.work = 0;
}

static void search(bool again)
{
	bool ready = true;
	uint32_t restarts = 0;

	start();
	while (ex.n_levels > 0) {
		if (ready) {
			search_execute();
			count_execution();
			if (ex.end == END_STOP || (ex.end == END_RESTART && again))
				return;
			if (ex.end == END_RESTART) {
				if (++restarts > RESTARTS_MAX) {
					machine_give_up(
					    "variables are accessed in more shapes than the explorer follows");
					return;
				}
				locations_reset();
				start();
				continue;
			}
			if (violation_enough())
				return;
			if (out_of_budget()) {
				ex.exhausted = true;
				return;
			}
		}
		if (top()->n == 0) {
			pop_level();
			ready = false;
			continue;
		}
		ready = apply(top()->items[--top()->n]);
	}
}

void search_run(void)
{
	locations_reset();
	search(false);
}

void search_run_again(void)
{
	search(true);
}
