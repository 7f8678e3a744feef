#include "revisit.h"

#include "clocks.h"
#include "consistency.h"
#include "loop.h"
#include "places.h"
#include "search.h"
#include "shortcut.h"
#include "worklist.h"

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

static bool maximal_read(const struct graph *graph, ref r, ref w)
{
	const struct event *event = graph_event(graph, r);

	if (!in_previous(graph, event->from, event->stamp, w))
		return false;
	/* Who is woken reads the write that has woken it, whatever is newer. */
	return places_wakes(graph, r, event->from) ||
	       newest_in_previous(graph, event->location, graph_mo(graph, event->from), event->stamp, w);
}

static bool maximal_write(const struct graph *graph, ref r, ref w)
{
	const struct event *event = graph_event(graph, r);
	const struct refs *reads = &graph->location[event->location].reads;

	if (graph_displaces(graph, r))
		return false;
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
			if ((event->flags & EVENT_READS) != 0 && !maximal_read(graph, REF(t, i), w))
				return false;
			if ((event->flags & EVENT_CHOICE) != 0 && event->read_value != 0)
				return false;
		}
	}
	return true;
}

/* A sleeper is woken by the write that clears its bit, not by one that finds it cleared. */
static bool wakes_again(const struct graph *graph, ref r, ref w)
{
	const struct event *read = graph_event(graph, r), *write = graph_event(graph, w);
	uint64_t none;

	return read->rule.rule == RULE_AWAIT_CLEAR && (write->flags & EVENT_RMW) != 0 &&
	       rule_apply(&read->rule, write->read_value, &none) != OUTCOME_BLOCK;
}

void revisit_push(struct search *search, ref w)
{
	const struct graph *graph = machine->graph;
	const struct event *event = graph_event(graph, w);
	const struct refs *reads = &graph->location[event->location].reads;

	machine->model.looked_at += reads->n;
	for (uint32_t i = 0; i < reads->n; i++) {
		ref r = reads->ref[i];
		if (clock_has(&event->porf, r) || wakes_again(graph, r, w) || !may_revisit(graph, r, w))
			continue;
		worklist_add(search, ITEM_REVISIT, event->write_stamp, r, w, 0);
	}
}

/* Returns false if the revisited graph is inconsistent. */
static bool apply_revisit(struct search *search, const struct item *item)
{
	struct graph *graph;
	union clock prefix;
	int32_t place[CANDIDATES_MAX];
	uint32_t n, stamp;
	ref r = item->event, w = item->other;

	graph_cut(machine->graph, item->stamp);
	worklist_push(search);
	graph = machine->graph;
	graph_copy(graph, &search->levels[search->n_levels - 2].graph);
	prefix = graph_event(graph, w)->porf;
	stamp = graph_event(graph, r)->stamp;
	graph_unplace(graph, w);
	graph_restrict(graph, stamp, &prefix);
	bool waits = event_set_from(graph, r, w) == OUTCOME_BLOCK;
	n = places_still_seen(graph, r) ? places_to_write(graph, w, r, place, CANDIDATES_MAX) : 0;
	if (n == 0) {
		worklist_pop(search);
		return false;
	}
	graph_place(graph, w, place[0]);
	for (uint32_t i = n; i-- > 1;)
		worklist_add(search, ITEM_WRITE, graph_event(graph, w)->write_stamp, w, REF_INITIAL, place[i]);
	/* A call of the library is no event as long as it waits (execution/postpone.h). */
	if (waits)
		graph_displace(graph, r, w);
	return true;
}

/* What the thread of event r has released by fences before it. */
static union clock fence_before(const struct graph *graph, ref r)
{
	const struct event *events = graph->thread[REF_THREAD(r)].event;

	for (uint32_t i = REF_INDEX(r); i-- > 0;) {
		if ((events[i].flags & EVENT_FENCE) != 0 && order_releases(events[i].rule.order))
			return events[i].hb;
	}
	return (union clock){ .c = { 0 } };
}

/* Two read-modify-write operations read one write: that is no execution, but the other of them may read the new one
 * instead. Nothing but the graph is needed to see that. */
static bool is_doomed(const struct graph *graph, ref r)
{
	const struct event *event = graph_event(graph, r);
	uint64_t none;

	return (event->flags & (EVENT_RMW | EVENT_PLAIN)) == EVENT_RMW &&
	       rule_apply(&event->rule, event->read_value, &none) == OUTCOME_WRITE &&
	       rmw_reader(graph, event->location, event->from, r) != REF_INITIAL;
}

static void revisit_doomed(struct search *search, ref r)
{
	struct graph *graph = machine->graph;
	struct event *event = graph_event(graph, r);
	union clock fence = fence_before(graph, r);

	for (uint32_t t = 0; t < graph->n_threads; t++)
		machine->model.looked_at += graph->thread[t].n;
	rule_apply(&event->rule, event->read_value, &event->write_value);
	event->write_stamp = ++graph->stamp;
	event_set_message(graph, r, &fence);
	graph_place(graph, r, graph_mo(graph, event->from) + 1);
	revisit_push(search, r);
}

/* Makes the graph that an item stands for; false: there is none to be executed. */
bool revisit_apply(struct search *search, struct item item)
{
	struct event *event;

	if (item.kind == ITEM_REVISIT)
		return apply_revisit(search, &item);
	graph_cut(machine->graph, item.stamp);
	event = graph_event(machine->graph, item.event);
	switch (item.kind) {
	case ITEM_READ:
		event_set_from(machine->graph, item.event, item.other);
		if (item.mo != 0 && shortcut_goes_round(search->x, item.event))
			return false;
		if (!is_doomed(machine->graph, item.event))
			break;
		revisit_doomed(search, item.event);
		return false;
	case ITEM_WRITE:
		graph_unplace(machine->graph, item.event);
		graph_place(machine->graph, item.event, item.mo);
		break;
	case ITEM_CHOICE:
		event->read_value = (uint64_t)item.mo;
		break;
	case ITEM_REVISIT:
		break;
	}
	return true;
}

void revisit_look_up(struct search *search)
{
	ref r = search->x->unknown_load, w = search->x->unknown_write;
	union clock prefix = { .c = { 0 } };

	if (w != REF_INITIAL)
		prefix = graph_event(machine->graph, w)->porf;
	worklist_push(search);
	graph_copy(machine->graph, &search->levels[search->n_levels - 2].graph);
	graph_restrict(machine->graph, graph_event(machine->graph, r)->stamp, &prefix);
	event_set_from(machine->graph, r, w);
	shortcut_look_up(search->x);
	if (machine->end == END_NONE)
		machine->end = END_AGAIN;
	search_count(search);
	worklist_pop(search);
}
