#include "places.h"

#include "bounds.h"
#include "clocks.h"
#include "consistency.h"
#include "location.h"

/* A futex's waiter looked at the word in the step before it joined those who sleep; the kernel does both at once. So
 * what it knows by joining must still allow what it saw. */
bool places_still_seen(const struct graph *graph, ref r)
{
	const struct event *event = graph_event(graph, r);

	if (event->rule.rule != RULE_ENQUEUE || REF_INDEX(r) == 0)
		return true;
	const struct event *look = graph_event(graph, r - 1);
	if ((look->flags & EVENT_READS) == 0)
		return true;
	return read_floor(graph, look->location, &event->hb) <= graph_mo(graph, look->from);
}

bool places_wakes(const struct graph *graph, ref r, ref w)
{
	const struct event *event = graph_event(graph, r);
	uint64_t none;

	if (w == REF_INITIAL || event->rule.rule != RULE_AWAIT_CLEAR)
		return false;
	const struct event *write = graph_event(graph, w);
	return (write->flags & EVENT_RMW) != 0 && rule_apply(&event->rule, write->read_value, &none) == OUTCOME_BLOCK &&
	       rule_apply(&event->rule, write->write_value, &none) != OUTCOME_BLOCK;
}

/* The write that has ended the sleep which read r is the end of; REF_INITIAL: none, it sleeps. A thread alone sets its
 * bit: once that is cleared, it stays so. */
static ref woken_by(const struct graph *graph, ref r)
{
	const struct event *event = graph_event(graph, r);
	const struct refs *writes = &graph->location[event->location].writes;
	uint64_t none;

	for (uint32_t i = writes->n; i-- > 0 && event->rule.rule == RULE_AWAIT_CLEAR;) {
		if (places_wakes(graph, r, writes->ref[i]))
			return writes->ref[i];
		if (rule_apply(&event->rule, graph_event(graph, writes->ref[i])->write_value, &none) == OUTCOME_BLOCK)
			break;
	}
	return REF_INITIAL;
}

bool places_may_read(struct graph *graph, ref r, ref w, bool taken_back)
{
	struct event *event = graph_event(graph, r);
	int32_t newest = (int32_t)graph->location[event->location].writes.n - 1;
	union clock hb, porf;

	event_base_clocks(graph, r, &hb, &porf);
	if (graph_mo(graph, w) < read_floor(graph, event->location, &hb) && w != woken_by(graph, r))
		return false;
	enum outcome outcome = event_set_from(graph, r, w);
	if (taken_back && outcome != OUTCOME_WRITE)
		return false;
	if (!taken_back && outcome == OUTCOME_WRITE && rmw_reader(graph, event->location, w, r) != REF_INITIAL)
		return false;
	return places_still_seen(graph, r) &&
	       (graph_mo(graph, w) == newest || !graph->model->memory->makes_cycle(graph, r));
}

/* The writes that event r may read, the newest first; sets each in turn, and leaves none set. */
uint32_t places_to_read(struct graph *graph, ref r, ref *candidate, uint32_t most)
{
	struct event *event = graph_event(graph, r);
	const struct refs *writes = &graph->location[event->location].writes;
	union clock hb, porf;
	ref waker = woken_by(graph, r);
	uint32_t n = 0;

	if (waker != REF_INITIAL) {
		candidate[0] = waker;
		return 1;
	}
	event_base_clocks(graph, r, &hb, &porf);
	int32_t floor = read_floor(graph, event->location, &hb), newest = (int32_t)writes->n - 1;
	for (int32_t mo = newest; mo >= floor && n < most; mo--) {
		ref w = mo < 0 ? REF_INITIAL : writes->ref[mo];
		enum outcome outcome = event_set_from(graph, r, w);
		if (outcome == OUTCOME_WRITE && rule_reads(&event->rule)) {
			ref other = rmw_reader(graph, event->location, w, r);
			if (other != REF_INITIAL && (!graph->model->revisits || clock_has(&event->porf, other)))
				continue;
		}
		/* A stale read by which a library call would wait on: nothing comes of it that the newest does not
		 * give. */
		if (outcome == OUTCOME_BLOCK && mo != newest)
			continue;
		if (!places_still_seen(graph, r) || (mo != newest && graph->model->memory->makes_cycle(graph, r)))
			continue;
		candidate[n++] = w;
		if (n == CANDIDATES_MAX && mo > floor)
			bound_reached(graph->model->bounds, BOUND_CANDIDATES);
	}
	return n;
}

/* Where write `w`, not yet in mo, may go; newest first. `reader`, if any, reads it. Returns how many. */
uint32_t places_to_write(struct graph *graph, ref w, ref reader, int32_t *place, uint32_t most)
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
		event_base_clocks(graph, w, &hb, &porf);
		floor = write_floor(graph, l, &hb);
	}
	if (reader != REF_INITIAL) {
		event_base_clocks(graph, reader, &hb, &porf);
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
			bool cycle = graph->model->memory->makes_cycle(graph, w) ||
				     (reader != REF_INITIAL && graph->model->memory->makes_cycle(graph, reader));
			graph_unplace(graph, w);
			if (cycle)
				continue;
		}
		place[n++] = mo;
		if (n == CANDIDATES_MAX && mo > floor)
			bound_reached(graph->model->bounds, BOUND_CANDIDATES);
	}
	return n;
}
