#include "consistency.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "location.h"
#include "rule.h"

/* Of each thread the last access that is known counts: those before it are before it in mo, by coherence. */
int32_t read_floor(const struct graph *graph, uint32_t location, const union clock *hb)
{
	int32_t floor = -1;

	for (uint32_t t = 0; t < graph->n_threads; t++) {
		uint32_t at = graph_last_access(graph, location, t, hb->c[t]);
		if (at == 0)
			continue;
		const struct event *event = &graph->thread[t].event[at - 1];
		int32_t mo = (event->flags & EVENT_WRITES) != 0 ? event->mo : graph_mo(graph, event->from);
		if (mo > floor)
			floor = mo;
	}
	return floor;
}

int32_t write_floor(const struct graph *graph, uint32_t location, const union clock *hb)
{
	return read_floor(graph, location, hb) + 1;
}

bool splits_rmw(const struct graph *graph, uint32_t location, int32_t mo)
{
	const struct refs *writes = &graph->location[location].writes;

	if (mo >= (int32_t)writes->n)
		return false;
	return (graph_event(graph, writes->ref[mo])->flags & EVENT_RMW) != 0;
}

/* By atomicity, there is no other place for it than right behind. */
ref rmw_reader(const struct graph *graph, uint32_t location, ref write, ref except)
{
	const struct refs *writes = &graph->location[location].writes;
	int32_t next = graph_mo(graph, write) + 1;

	if (next < (int32_t)writes->n && writes->ref[next] == except)
		next++;
	if (next >= (int32_t)writes->n)
		return REF_INITIAL;
	const struct event *event = graph_event(graph, writes->ref[next]);
	return (event->flags & EVENT_RMW) != 0 && event->from == write ? writes->ref[next] : REF_INITIAL;
}

/* ---- every event counts: a search along po, rf, mo, fr -------------------------------------------------------------
 */

/* What is reachable is, in each thread, all events from some index on. */
struct reach {
	uint32_t from[THREADS_MAX];
};

static bool reach_add(struct reach *reach, ref r)
{
	if (REF_INDEX(r) >= reach->from[REF_THREAD(r)])
		return false;
	reach->from[REF_THREAD(r)] = REF_INDEX(r);
	return true;
}

/* Where an access stands among the writes to its location: at its own, or just behind the one that it reads. By
 * coherence, that grows along a thread. */
static int32_t standing(const struct graph *graph, const struct event *event)
{
	return (event->flags & EVENT_WRITES) != 0 ? event->mo : graph_mo(graph, event->from) + 1;
}

/* 1 + index of the first access of thread t that reads the write at position `mo` or a later one, or is a later one:
 * what can be reached from that write by mo and rf. 0: none. */
static uint32_t first_behind(const struct graph *graph, uint32_t location, uint32_t t, int32_t mo)
{
	const struct event *events = graph->thread[t].event;
	uint32_t at = graph->location[location].last[t];

	if (at == 0 || standing(graph, &events[at - 1]) <= mo)
		return 0;
	for (;;) {
		uint32_t before = events[at - 1].before, jump = events[at - 1].jump;
		if (jump != 0 && standing(graph, &events[jump - 1]) > mo)
			at = jump;
		else if (before != 0 && standing(graph, &events[before - 1]) > mo)
			at = before;
		else
			return at;
	}
}

static void reach_successors(const struct graph *graph, ref r, struct reach *reach)
{
	const struct event *event = graph_event(graph, r);

	if (event->location == NO_LOCATION)
		return;
	const struct graph_location *location = &graph->location[event->location];
	if ((event->flags & EVENT_WRITES) != 0) {
		graph->model->looked_at += location->reads.n;
		for (uint32_t t = 0; t < graph->n_threads; t++) {
			uint32_t first = first_behind(graph, event->location, t, event->mo);
			if (first != 0)
				reach_add(reach, REF(t, first - 1));
		}
		if (event->mo + 1 < (int32_t)location->writes.n)
			reach_add(reach, location->writes.ref[event->mo + 1]);
	}
	if ((event->flags & EVENT_READS) != 0 && !event_is_woken(event)) {
		int32_t next = graph_mo(graph, event->from) + 1;
		if (next < (int32_t)location->writes.n && location->writes.ref[next] == r)
			next++;
		if (next < (int32_t)location->writes.n)
			reach_add(reach, location->writes.ref[next]);
	}
}

static bool cycle_of_all(const struct graph *graph, ref r)
{
	struct reach reach;
	uint32_t done[THREADS_MAX];
	bool changed = true;

	for (uint32_t t = 0; t < graph->n_threads; t++)
		reach.from[t] = done[t] = graph->thread[t].n;
	reach_successors(graph, r, &reach);
	while (changed) {
		changed = false;
		if (reach.from[REF_THREAD(r)] <= REF_INDEX(r))
			return true;
		for (uint32_t t = 0; t < graph->n_threads; t++) {
			graph->model->looked_at += done[t] - reach.from[t];
			while (done[t] > reach.from[t]) {
				done[t]--;
				reach_successors(graph, REF(t, done[t]), &reach);
				changed = true;
			}
		}
	}
	return false;
}

/* ---- psc of RC11, definition by definition -------------------------------------------------------------------------
 */

static bool hb(const struct graph *graph, ref a, ref b)
{
	return a != b && clock_has(&graph_event(graph, b)->hb, a);
}

/* (mo ∪ fr)(a, b), for accesses to the same location. */
static bool mo_or_fr(const struct graph *graph, ref a, ref b)
{
	const struct event *x = graph_event(graph, a), *y = graph_event(graph, b);

	if (a == b || (y->flags & EVENT_WRITES) == 0)
		return false;
	return ((x->flags & EVENT_WRITES) != 0 && x->mo < y->mo) ||
	       ((x->flags & EVENT_READS) != 0 && !event_is_woken(x) && graph_mo(graph, x->from) < y->mo);
}

static bool eco(const struct graph *graph, ref a, ref b)
{
	const struct event *y = graph_event(graph, b);

	if (mo_or_fr(graph, a, b))
		return true;
	return (y->flags & EVENT_READS) != 0 && y->from != REF_INITIAL && (y->from == a || mo_or_fr(graph, a, y->from));
}

/* Calls of a function for each access to a location; stops at the first that returns true. */
#define ANY_ACCESS(graph, l, x, condition)                                                                             \
	({                                                                                                             \
		bool found_ = false;                                                                                   \
		const struct graph_location *l_ = &(graph)->location[l];                                               \
		for (uint32_t i_ = 0; i_ < l_->writes.n && !found_; i_++) {                                            \
			ref x = l_->writes.ref[i_];                                                                    \
			found_ = (condition);                                                                          \
		}                                                                                                      \
		for (uint32_t i_ = 0; i_ < l_->reads.n && !found_; i_++) {                                             \
			ref x = l_->reads.ref[i_];                                                                     \
			found_ = (condition);                                                                          \
		}                                                                                                      \
		found_;                                                                                                \
	})

/* An SC event, and the nearest events of its thread, after and before it, at another location; NO_NEIGHBOUR: none. */
struct node {
	ref ref;
	ref after, before;
};

#define NO_NEIGHBOUR REF_INITIAL

static bool edge_accesses(const struct graph *graph, const struct node *from, const struct node *to)
{
	ref a = from->ref, b = to->ref;
	const struct event *x = graph_event(graph, a), *y = graph_event(graph, b);

	if (REF_THREAD(a) == REF_THREAD(b) && a < b)
		return true;
	if (x->location == y->location && (mo_or_fr(graph, a, b) || hb(graph, a, b)))
		return true;
	/* po to another location; hb; po from another location */
	return from->after != NO_NEIGHBOUR && to->before != NO_NEIGHBOUR && hb(graph, from->after, to->before);
}

static bool edge_to_fence(const struct graph *graph, ref a, ref fence)
{
	uint32_t l = graph_event(graph, a)->location;

	if (graph_event(graph, fence)->hb.c[REF_THREAD(a)] > (int)REF_INDEX(a) + 1)
		return true;
	return ANY_ACCESS(graph, l, x, (mo_or_fr(graph, a, x) || hb(graph, a, x)) && hb(graph, x, fence));
}

static bool edge_from_fence(const struct graph *graph, ref fence, ref b)
{
	uint32_t l = graph_event(graph, b)->location;
	ref before = b - 1; /* of the same thread */

	if (REF_INDEX(b) > 0 && (before == fence || hb(graph, fence, before)))
		return true;
	return ANY_ACCESS(graph, l, x, hb(graph, fence, x) && (mo_or_fr(graph, x, b) || hb(graph, x, b)));
}

static bool eco_then_hb(const struct graph *graph, uint32_t l, ref a, ref fence)
{
	return ANY_ACCESS(graph, l, x, eco(graph, a, x) && hb(graph, x, fence));
}

static bool edge_fences(const struct graph *graph, ref a, ref b)
{
	if (hb(graph, a, b))
		return true;
	for (uint32_t l = 0; l < graph->n_locations; l++) {
		if (ANY_ACCESS(graph, l, x, hb(graph, a, x) && eco_then_hb(graph, l, x, b)))
			return true;
	}
	return false;
}

static bool edge(const struct graph *graph, const struct node *a, const struct node *b)
{
	bool from_fence = (graph_event(graph, a->ref)->flags & EVENT_FENCE) != 0;
	bool to_fence = (graph_event(graph, b->ref)->flags & EVENT_FENCE) != 0;

	if (from_fence)
		return to_fence ? edge_fences(graph, a->ref, b->ref) : edge_from_fence(graph, a->ref, b->ref);
	return to_fence ? edge_to_fence(graph, a->ref, b->ref) : edge_accesses(graph, a, b);
}

static bool visit(const struct graph *graph, const struct node *node, uint8_t *state, uint32_t n, uint32_t i)
{
	state[i] = 1;
	graph->model->looked_at += n;
	for (uint32_t k = 0; k < n; k++) {
		if (k == i || state[k] == 2 || !edge(graph, &node[i], &node[k]))
			continue;
		if (state[k] == 1 || visit(graph, node, state, n, k))
			return true;
	}
	state[i] = 2;
	return false;
}

/* A load of what nobody has stored to has no mo, rf or fr: whatever is ordered by way of it is ordered without it
 * (README.md). An array of a slot for each thread is full of them. */
static bool orders_nothing(const struct graph *graph, const struct event *event)
{
	return event->location != NO_LOCATION && graph->location[event->location].writes.n == 0;
}

/* Appends thread t's SC events that may be in a cycle to `node`; returns how many there are. */
static uint32_t sc_events(const struct graph *graph, uint32_t t, struct node *node)
{
	const struct graph_thread *thread = &graph->thread[t];
	ref elsewhere = NO_NEIGHBOUR;
	uint32_t n = 0;

	for (uint32_t i = 0; i < thread->n; i++) {
		if (i > 0 && thread->event[i - 1].location != thread->event[i].location)
			elsewhere = REF(t, i - 1);
		if ((thread->event[i].flags & EVENT_SC) != 0 && !orders_nothing(graph, &thread->event[i]))
			node[n++] = (struct node){ .ref = REF(t, i), .before = elsewhere };
	}
	elsewhere = NO_NEIGHBOUR;
	for (uint32_t i = thread->n, k = n; i-- > 0;) {
		if (i + 1 < thread->n && thread->event[i + 1].location != thread->event[i].location)
			elsewhere = REF(t, i + 1);
		if ((thread->event[i].flags & EVENT_SC) != 0 && !orders_nothing(graph, &thread->event[i]))
			node[--k].after = elsewhere;
	}
	return n;
}

/* Without fences the edges between the other accesses do not depend on `r`, which is the last of its thread and read by
 * none: a new cycle goes through it, and there is none if it is not seq_cst. A fence may be ordered by way of it: then
 * all is looked at. */
static bool cycle_of_sc(const struct graph *graph, ref r)
{
	struct node *node;
	uint8_t *state;
	uint32_t n = 0, most = 0, first = UINT32_MAX;
	bool cycle = false, fences = false;

	for (uint32_t t = 0; t < graph->n_threads; t++)
		most += graph->thread[t].n;
	node = alloc(most * sizeof *node);
	state = alloc_zeroed(most, 1);
	for (uint32_t t = 0; t < graph->n_threads; t++)
		n += sc_events(graph, t, node + n);
	for (uint32_t i = 0; i < n; i++) {
		fences = fences || (graph_event(graph, node[i].ref)->flags & EVENT_FENCE) != 0;
		if (node[i].ref == r)
			first = i;
	}
	if (!fences && first != UINT32_MAX)
		cycle = visit(graph, node, state, n, first);
	for (uint32_t i = 0; fences && i < n && !cycle; i++)
		cycle = state[i] == 0 && visit(graph, node, state, n, i);
	free(node);
	free(state);
	return cycle;
}

static bool cycle_of_psc(const struct graph *graph, ref r)
{
	if (graph->n_sc == 0)
		return false;
	/* All of psc lies in (po ∪ rf ∪ mo ∪ fr)+: no cycle there, none in psc; and it is much quicker to see. */
	if (!cycle_of_all(graph, r))
		return false;
	return !graph->mixed || cycle_of_sc(graph, r);
}

const struct memory_model memory_c11 = { .makes_cycle = cycle_of_psc };
const struct memory_model memory_sc = { .makes_cycle = cycle_of_all };
