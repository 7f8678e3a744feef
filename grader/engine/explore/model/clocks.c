#include "clocks.h"

#include <string.h>

#include "location.h"

bool order_acquires(unsigned order)
{
	return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME || order == __ATOMIC_ACQ_REL ||
	       order == __ATOMIC_SEQ_CST;
}

bool order_releases(unsigned order)
{
	return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

uint64_t event_written(const struct graph *graph, uint32_t location, ref w)
{
	return w == REF_INITIAL ? location_at(graph->model, location)->initial : graph_event(graph, w)->write_value;
}

void event_set_order(struct event *event, enum outcome outcome)
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
void event_base_clocks(const struct graph *graph, ref r, union clock *hb, union clock *porf)
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
enum outcome event_set_from(struct graph *graph, ref r, ref from)
{
	struct event *event = graph_event(graph, r);
	uint64_t new;
	enum outcome outcome;

	event->from = from;
	event->read_value = event_written(graph, event->location, from);
	outcome = rule_apply(&event->rule, event->read_value, &new);
	event->flags &= ~(uint32_t)(EVENT_BLOCKED | EVENT_DEMOTED);
	if (outcome == OUTCOME_BLOCK)
		event->flags |= EVENT_BLOCKED;
	event_set_order(event, outcome);
	event_base_clocks(graph, r, &event->hb, &event->porf);
	clock_tick(&event->hb, REF_THREAD(r), REF_INDEX(r) + 1);
	clock_tick(&event->porf, REF_THREAD(r), REF_INDEX(r) + 1);
	if (from != REF_INITIAL) {
		const struct event *w = graph_event(graph, from);
		clock_join(&event->porf, &w->porf);
		if ((event->flags & EVENT_ACQUIRE) != 0)
			clock_join(&event->hb, &w->message);
	}
	return outcome;
}

/* What a write passes on to who acquires it, by RC11's release sequences, [W];(sb|loc)?;[W];(rf;rmw)*: what it releases
 * itself, and what earlier writes of its own thread to the location do (who released by a fence before them is in its
 * own fence); and of a read-modify-write operation, what the write passes on that it has read. What a read-modify-write
 * operation has got so, later writes of its thread do not pass on. */
void event_set_message(struct graph *graph, ref r, const union clock *fence)
{
	struct event *event = graph_event(graph, r);
	/* The last of its thread's that releases knows what those before it do. */
	const struct event *released = graph_released(graph, event->location, REF_THREAD(r));

	event->message = *fence;
	if ((event->flags & EVENT_RELEASE) != 0)
		event->message = event->hb;
	else if (released != NULL)
		clock_join(&event->message, &released->hb);
	if ((event->flags & EVENT_RMW) != 0 && event->from != REF_INITIAL)
		clock_join(&event->message, &graph_event(graph, event->from)->message);
}
