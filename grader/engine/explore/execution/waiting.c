#include "waiting.h"

#include <string.h>

#include "loops.h"

static bool changes_nothing(ref r)
{
	const struct event *event = graph_event(machine->graph, r);

	if ((event->flags & EVENT_WRITES) == 0)
		return true;
	if ((event->flags & (EVENT_RMW | EVENT_PLAIN)) != EVENT_RMW || event->write_value != event->read_value)
		return false;
	/* Others may have come to read it (backward revisits): then it stays. */
	const struct graph_location *location = &machine->graph->location[event->location];
	for (uint32_t i = 0; i < location->reads.n; i++) {
		if (graph_event(machine->graph, location->reads.ref[i])->from == r &&
		    REF_THREAD(location->reads.ref[i]) != REF_THREAD(r))
			return false;
	}
	return true;
}

/* Takes back the write of a read-modify-write operation that changed nothing: what read it (only its own thread, and
 * only since) reads the same value from where that came. */
static void demote(struct execution *x, ref r)
{
	struct event *event = graph_event(machine->graph, r);
	struct graph_thread *thread = &machine->graph->thread[REF_THREAD(r)];

	if ((event->flags & EVENT_WRITES) == 0)
		return;
	graph_unplace(machine->graph, r);
	event->flags |= EVENT_DEMOTED;
	event->flags &= ~(uint32_t)EVENT_RELEASE;
	struct location *location = location_at(&machine->model, event->location);
	if (location->memory_mo >= event->mo)
		location->memory_mo--;
	for (uint32_t i = REF_INDEX(r) + 1; i < thread->n; i++) {
		if ((thread->event[i].flags & EVENT_READS) != 0 && thread->event[i].from == r)
			thread->event[i].from = event->from;
	}
	alternative_demoted(x, r, event->from);
}

/* Whether some write was there already when the event was added, and newer than what it reads. */
static bool read_stale(const struct event *event)
{
	const struct refs *writes = &machine->graph->location[event->location].writes;

	for (uint32_t i = (uint32_t)(graph_mo(machine->graph, event->from) + 1); i < writes->n; i++) {
		if (graph_event(machine->graph, writes->ref[i])->write_stamp < event->stamp)
			return true;
	}
	return false;
}

bool await_in_vain(ref r, uint64_t state)
{
	const struct event *read = graph_event(machine->graph, r);

	for (uint32_t i = REF_INDEX(r) + 1; i-- > 0;) {
		ref e = REF(REF_THREAD(r), i);
		const struct event *event = graph_event(machine->graph, e);
		if (event->operation != read->operation || !changes_nothing(e))
			return false;
		if (event->state == state)
			return event->plain_writes == read->plain_writes && read_stale(read);
	}
	return false;
}

void await_block(struct execution *x, struct run_thread *thread, uint32_t begin, uint32_t end, enum block_reason reason)
{
	struct graph_thread *events = &machine->graph->thread[thread - machine->thread];

	thread->status = THREAD_BLOCKED;
	thread->reason = reason;
	past_of(x, thread)->spin_begin = begin;
	past_of(x, thread)->spin_end = end;
	if (reason == BLOCK_CYCLE)
		return;
	for (uint32_t i = begin; i < end; i++) {
		struct event *event = &events->event[i];
		if ((event->flags & EVENT_WRITES) != 0 && event->write_value != event->read_value)
			event->flags |= EVENT_COUNTS;
		else if (!x->scheduler->patient && changes_nothing(REF(thread - machine->thread, i)))
			demote(x, REF(thread - machine->thread, i));
	}
	if (x->scheduler->patient)
		return;
	/* If the last read was stale, no later write may revisit this round, and the round with the newest value shows
	 * all that others can do meanwhile. */
	for (uint32_t i = end; i-- > begin;) {
		if ((events->event[i].flags & EVENT_READS) == 0 || (events->event[i].flags & EVENT_COUNTS) != 0)
			continue;
		if (read_stale(&events->event[i]))
			machine->end = END_PRUNED;
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

/* What it stores differs from round to round. */
static bool stores_anew(const struct graph_thread *thread, uint32_t one, uint32_t two, uint32_t end)
{
	bool anew = false;

	for (uint32_t i = 0; i < end - two; i++) {
		const struct event *a = &thread->event[one + i], *b = &thread->event[two + i];
		if (event_changes(b) && a->write_value == b->write_value)
			return false;
		anew = anew || event_changes(b);
	}
	return anew;
}

/* Three rounds of the same steps in which each value that is written grows by the same: not what swings to and fro. */
static bool counts_evenly(const struct graph_thread *thread, const uint32_t *begin, uint32_t end)
{
	uint32_t n = end - begin[0];

	if (begin[0] - begin[1] != n || begin[1] - begin[2] != n)
		return false;
	for (uint32_t i = begin[0]; i < end; i++) {
		const struct event *c = &thread->event[i], *b = c - n, *a = b - n;
		if (a->pc != c->pc || b->pc != c->pc || a->location != c->location || b->location != c->location)
			return false;
		if (event_changes(c) && b->write_value - a->write_value != c->write_value - b->write_value)
			return false;
	}
	return true;
}

/* What the round adds to one location, where that is all that it does to it. False: it does something else. */
static bool sum_of(const struct graph_thread *thread, uint32_t begin, uint32_t end, uint32_t location, uint64_t *sum)
{
	*sum = 0;
	for (uint32_t i = begin; i < end; i++) {
		const struct event *event = &thread->event[i];
		if (event->location != location || (event->flags & EVENT_WRITES) == 0)
			continue;
		if (event->rule.rule != RULE_ADD && event->rule.rule != RULE_SUB)
			return false;
		*sum += event->rule.rule == RULE_ADD ? event->rule.operand : 0 - event->rule.operand;
	}
	return true;
}

/* Whatever others do meanwhile, the round ends with more, or less, than it began with wherever it has written something
 * new: it counts, and takes nothing back. */
static bool adds_up(const struct graph_thread *thread, uint32_t begin, uint32_t end)
{
	bool counts = false;

	for (uint32_t i = begin; i < end; i++) {
		const struct event *event = &thread->event[i];
		uint64_t sum;
		if (!event_changes(event))
			continue;
		if (!sum_of(thread, begin, end, event->location, &sum) ||
		    (sum & rule_mask(location_at(&machine->model, event->location)->size)) == 0)
			return false;
		counts = true;
	}
	return counts;
}

/* A round in which the thread counts, and comes back to the state that it was in: it waits, unless how far it has
 * counted lets it out. */
static bool waits_counting(struct execution *x, struct run_thread *thread, uint32_t begin, uint32_t end)
{
	enum loop_end how = loops_end(x, thread, end - begin);

	if (how == LOOP_LEARNT)
		return true;
	if (how == LOOP_LEFT)
		return false;
	bound_reached(&machine->bounds, BOUND_ROUNDS);
	await_block(x, thread, begin, end, BLOCK_SPIN);
	past_of(x, thread)->spin_leaves = how == LOOP_UNKNOWN;
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

#define MANY_EVENTS 400u /* too many for the thread's small filter */

/* The same with a larger filter, which is cleared only where it is used. */
static bool may_have_seen_long(struct execution *x, struct run_thread *thread, const struct graph_thread *events,
			       uint64_t state)
{
	struct past *past = past_of(x, thread);
	uint64_t *bits = past->seen_long;

	if (past_of(x, thread)->noted_long == 0)
		memset(bits, 0, sizeof past->seen_long);
	for (; past_of(x, thread)->noted_long < events->n; past_of(x, thread)->noted_long++) {
		uint64_t mixed = events->event[past_of(x, thread)->noted_long].state * 0x9e3779b97f4a7c15u >> 48;
		bits[mixed >> 6] |= UINT64_C(1) << (mixed & 63);
	}
	uint64_t mixed = state * 0x9e3779b97f4a7c15u >> 48;
	return (bits[mixed >> 6] & UINT64_C(1) << (mixed & 63)) != 0;
}

/* The filter says more than is so. */
static bool has_seen(const struct run_thread *thread, const struct graph_thread *events, uint64_t state)
{
	for (uint32_t i = events->n; i-- > 0 && events->event[i].operation == thread->operations;) {
		if (events->event[i].state == state)
			return true;
	}
	return false;
}

bool await_find(struct execution *x, struct run_thread *thread, uint64_t state, bool library)
{
	uint32_t t = thread_number(thread);
	const struct graph_thread *events = &machine->graph->thread[t];
	uint32_t seen[CYCLES_MAX + 1], n = 0;
	bool visible = false;

	if (!may_have_seen(&past_of(x, thread)->seen, events, state))
		return false;
	if (events->n > MANY_EVENTS && !may_have_seen_long(x, thread, events, state))
		return false;
	if (!has_seen(thread, events, state))
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
			await_block(x, thread, i, events->n, BLOCK_SPIN);
			return true;
		}
		seen[n++] = i;
	}
	if (n < 2)
		return false;
	if (n <= CYCLES_MAX && !same_rounds(events, seen[1], seen[0], events->n, t))
		return false;
	if (adds_up(events, seen[0], events->n))
		return waits_counting(x, thread, seen[0], events->n);
	/* What it writes is new in each round: no two are as good as more. */
	if (n <= CYCLES_MAX && stores_anew(events, seen[1], seen[0], events->n))
		return n == 3 && counts_evenly(events, seen, events->n) &&
		       waits_counting(x, thread, seen[0], events->n);
	if (n > CYCLES_MAX)
		bound_reached(&machine->bounds, BOUND_CYCLES);
	x->cycles_seen = true;
	await_block(x, thread, seen[0], events->n, BLOCK_CYCLE);
	return true;
}

/* A step on a lock or a semaphore of the library: a loop may go round by these alone, and look at plain memory
 * meanwhile. */
bool await_may_be_polled(const struct action *action)
{
	enum rule rule = (enum rule)action->rule.rule;

	return KEY_OF(action->address) == KEY_VALUE &&
	       (rule == RULE_AWAIT_EXCHANGE || rule == RULE_AWAIT_TAKE || rule == RULE_COMPARE || rule == RULE_TAKE);
}
