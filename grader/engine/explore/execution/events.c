#include "events.h"

#include <string.h>

#include "clocks.h"
#include "consistency.h"
#include "loops.h"
#include "named.h"
#include "places.h"
#include "postpone.h"
#include "shortcut.h"
#include "surprise.h"
#include "values.h"
#include "waiting.h"

/* Adds the write of event r, the last of its thread. False: this execution is inconsistent. */
bool event_add_write(struct execution *x, struct run_thread *thread, ref r)
{
	struct graph *graph = machine->graph;
	struct event *event = graph_event(graph, r);
	int32_t place[CANDIDATES_MAX];
	uint32_t n;

	event->write_stamp = (event->flags & EVENT_READS) != 0 ? ++graph->stamp : event->stamp;
	event_set_message(graph, r, &thread->fence);
	n = places_to_write(graph, r, REF_INITIAL, place, alternatives_wanted(x));
	if (n == 0) {
		/* Two read-modify-write operations read the same write: one of them must read the other instead. */
		graph_place(graph, r, graph_mo(graph, event->from) + 1);
		alternative_written(x, r);
		machine->end = END_DOOMED;
		return false;
	}
	const struct schedule_step *step = execution_named(x);
	uint32_t k = 0;
	if (step == NULL)
		k = execution_alternative(x, ALTERNATIVE_WRITE, n);
	else if (!named_write(x, r, step, place, n, &k))
		return false;
	graph_place(graph, r, place[k]);
	for (uint32_t i = n; i-- > 0;) {
		if (i != k)
			alternative_add(x, ITEM_WRITE, event->write_stamp, r, REF_INITIAL, place[i]);
	}
	alternative_written(x, r);
	return true;
}

static bool check_race(struct run_thread *thread, const struct action *action, const struct event *event, ref r)
{
	struct race_place other;
	const struct location *location = location_at(&machine->model, event->location);
	bool write = (event->flags & EVENT_WRITES) != 0;

	if (action->rule.library)
		return false;
	if (!shadow_atomic(location->address, location->size, write, REF_THREAD(r), &event->hb, &other))
		return false;
	finding_of_race(&(struct race_place){ .thread = thread_number(thread),
					      .size = location->size,
					      .epoch = thread->consumed,
					      .write = write,
					      .event = true,
					      .atomic = !action->rule.plain,
					      .pc = action->pc,
					      .address = location->address },
			&other);
	/* From the next time on, the plain accesses to it count as relaxed. */
	if (shapes_promoted(&machine->model, location->address, location->size))
		return false;
	machine_promote(location->address, location->size);
	return true;
}

/* What it reads is what was there before all writes: garbage, if nothing was. */
static void check_garbage(struct run_thread *thread, const struct event *event)
{
	const struct location *location = location_at(&machine->model, event->location);
	unsigned bytes = event->rule.part != 0 ? event->rule.part : location->size;
	unsigned mask = ((1u << bytes) - 1) << event->rule.shift / 8;

	if (location->garbage != 0 && (location->garbage & mask) == mask && !event->rule.library)
		machine_fresh_read(thread, event->pc);
}

/* Whether this read, or that it reads garbage, is no finding: nothing comes of it but of the value. */
static bool finds_nothing(const struct event *event, ref r)
{
	const struct location *location = location_at(&machine->model, event->location);
	struct race_place other;

	return (event->from != REF_INITIAL || location->garbage == 0) &&
	       !shadow_atomic(location->address, location->size, false, REF_THREAD(r), &event->hb, &other);
}

/* The event, which the graph has with all it reads and writes, happens in this execution. */
void event_perform(struct execution *x, struct run_thread *thread, const struct action *action, ref r)
{
	struct event *event = graph_event(machine->graph, r);
	bool writes = (event->flags & EVENT_WRITES) != 0;

	/* Who gets a mutex of the library from another thread would have waited for it a moment before. */
	if (!x->waited && thread->operation != TRIAL_OPERATION_NONE && event->from != REF_INITIAL &&
	    (event->flags & EVENT_READS) != 0 && REF_THREAD(event->from) != thread_number(thread) &&
	    rule_awaits(&action->rule))
		x->waited = true;
	thread->consumed++;
	thread->plain_streak = 0;
	thread->plain_run = 0;
	thread->hb = event->hb;
	thread->porf = event->porf;
	if ((event->flags & EVENT_BLOCKED) != 0) {
		thread->status = THREAD_BLOCKED;
		thread->reason = BLOCK_LIBRARY;
		return;
	}
	if ((event->flags & EVENT_READS) != 0 && event->from != REF_INITIAL)
		clock_join(&thread->acquire, &graph_event(machine->graph, event->from)->message);
	if ((event->flags & EVENT_READS) != 0 && event->from == REF_INITIAL)
		check_garbage(thread, event);
	if (check_race(thread, action, event, r))
		return;
	if (action->rule.plain) {
		struct location *location = location_at(&machine->model, event->location);
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
		value_show(event->location, event);
	uint64_t new;
	machine_answer(thread, action, rule_value(&event->rule, event->read_value),
		       rule_apply(&event->rule, event->read_value, &new));
}

void event_perform_fence(struct run_thread *thread, struct event *event, ref r)
{
	unsigned order = event->rule.order;

	thread->consumed++;
	if (order_acquires(order))
		clock_join(&thread->hb, &thread->acquire);
	clock_tick(&thread->hb, REF_THREAD(r), REF_INDEX(r) + 1);
	clock_tick(&thread->porf, REF_THREAD(r), REF_INDEX(r) + 1);
	if (order_releases(order))
		thread->fence = thread->hb;
	event->hb = thread->hb;
	event->porf = thread->porf;
}

void event_perform_choice(struct run_thread *thread, struct event *event, ref r)
{
	thread->consumed++;
	clock_tick(&thread->hb, REF_THREAD(r), REF_INDEX(r) + 1);
	clock_tick(&thread->porf, REF_THREAD(r), REF_INDEX(r) + 1);
	event->hb = thread->hb;
	event->porf = thread->porf;
	thread->result = event->read_value;
}

static struct event *new_event(struct run_thread *thread, const struct action *action, uint32_t flags)
{
	uint32_t t = thread_number(thread);
	struct event *event = graph_add(machine->graph, t);

	event->flags = flags;
	event->hook = (uint16_t)action->hook;
	event->pc = action->pc;
	event->rule = action->rule;
	event->operation = thread->operations;
	event->plain_writes = thread->plain_writes;
	event->choices = (uint16_t)action->choices;
	return event;
}

static void note_order(const struct event *event)
{
	if ((event->flags & EVENT_PLAIN) != 0) {
		machine->graph->mixed = true;
		return;
	}
	if (event->rule.order == __ATOMIC_SEQ_CST || event->rule.failure_order == __ATOMIC_SEQ_CST)
		machine->graph->n_sc++;
	if (event->rule.order != __ATOMIC_SEQ_CST || event->rule.failure_order != __ATOMIC_SEQ_CST ||
	    (event->flags & EVENT_FENCE) != 0)
		machine->graph->mixed = true;
}

/* A store to a part of a location is taken for a read-modify-write of all of it. Behind another thread's write to
 * another part, that orders what nothing does. */
static bool is_neighbour(const struct event *event, uint32_t t)
{
	if (event->rule.rule != RULE_STORE || event->rule.part == 0 || event->from == REF_INITIAL ||
	    REF_THREAD(event->from) == t)
		return false;
	const struct event_rule *other = &graph_event(machine->graph, event->from)->rule;

	return other->part != 0 && (other->shift + 8 * other->part <= event->rule.shift ||
				    event->rule.shift + 8 * event->rule.part <= other->shift);
}

/* What comes of reading w has been looked at before the read was made to wait (graph_displaced()). */
static bool is_known(const struct graph *graph, uint32_t until, ref w)
{
	return until > 0 && (w == REF_INITIAL || graph_event(graph, w)->write_stamp <= until);
}

void event_add_access(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location)
{
	struct graph *graph = machine->graph;
	uint32_t t = thread_number(thread);
	uint64_t state = 0, new;
	ref candidate[CANDIDATES_MAX];
	bool reads = rule_reads(&action->rule);
	const struct schedule_step *step = execution_named(x);

	if (reads && (!action->rule.library || await_may_be_polled(action))) {
		state = machine_state(thread);
		if (step == NULL && x->scheduler->exhaustive)
			shortcut_note(x, thread, action, state);
		/* A step that has a name is taken. */
		if (step == NULL && !past_of(x, thread)->woken && await_find(x, thread, state, action->rule.library)) {
			if (x->scheduler->patient)
				thread->status = THREAD_WAITING;
			return;
		}
	}
	if (surprise_sleeps(action)) {
		state = machine_state(thread);
		if (step == NULL && x->scheduler->exhaustive && surprise_in_vain(thread, state))
			return;
	} else if (state != 0 && step == NULL && x->scheduler->exhaustive && !past_of(x, thread)->woken &&
		   shortcut_find(x, thread, action, state))
		return;
	if (reads && step == NULL && loops_concern(x, thread) && loops_wait(x, thread, action, location))
		return;
	if (step != NULL && (step->how == SCHEDULE_WAITS || step->how == SCHEDULE_LEAVES)) {
		loops_named(x, thread, action, location, step);
		return;
	}
	if (reads)
		past_of(x, thread)->woken = false;
	struct event *event =
	    new_event(thread, action,
		      (reads ? EVENT_READS : 0u) | (reads && rule_writes(&action->rule) ? EVENT_RMW : 0u) |
			  (action->rule.plain ? EVENT_PLAIN : 0u) | (action->rule.library ? EVENT_LIBRARY : 0u));
	ref r = REF(t, graph->thread[t].n - 1);
	event->location = location;
	event->state = state;
	graph_need_location(graph, location);
	graph_note_access(graph, r);
	note_order(event);
	if (reads) {
		graph_add_read(graph, r);
		uint32_t n = step != NULL ? named_read(x, r, step, &candidate[0])
					  : places_to_read(graph, r, candidate, alternatives_wanted(x));
		if ((x->scheduler->patient || x->postpones) && n > 0 &&
		    event_set_from(graph, r, candidate[0]) == OUTCOME_BLOCK) {
			/* Not yet: it asks again when there is something new. */
			postpone(x, thread, location);
			return;
		}
		if (n == 0) {
			if (step == NULL)
				machine->end = END_DOOMED;
			return;
		}
		uint32_t k = execution_alternative(x, ALTERNATIVE_READ, n), known = graph_displaced(graph, r);
		for (uint32_t i = n; i-- > 0;) {
			if (i == k || is_known(graph, known, candidate[i]))
				continue;
			event_set_from(graph, r, candidate[i]);
			alternative_add(x, ITEM_READ, event->stamp, r, candidate[i], finds_nothing(event, r));
		}
		bool writes = event_set_from(graph, r, candidate[k]) == OUTCOME_WRITE;
		if (writes && step != NULL && step->taken_back) {
			event->flags |= EVENT_DEMOTED;
			event->flags &= ~(uint32_t)EVENT_RELEASE;
		} else if (writes) {
			if (is_neighbour(event, t))
				bound_reached(&machine->bounds, BOUND_MERGED);
			rule_apply(&event->rule, event->read_value, &event->write_value);
			if (action->rule.plain)
				event->flags |= EVENT_PENDING;
			if (!event_add_write(x, thread, r))
				return;
		}
	} else {
		rule_apply(&event->rule, 0, &new);
		event->write_value = new;
		event_set_order(event, OUTCOME_WRITE);
		event_base_clocks(graph, r, &event->hb, &event->porf);
		clock_tick(&event->hb, t, graph->thread[t].n);
		clock_tick(&event->porf, t, graph->thread[t].n);
		if (action->rule.plain)
			event->flags |= EVENT_PENDING;
		if (!event_add_write(x, thread, r))
			return;
	}
	if ((event->flags & EVENT_WRITES) != 0) {
		value_shift(location, event);
		postponed_let_on(x, location);
	}
	event_perform(x, thread, action, r);
}

void event_add_simple(struct execution *x, struct run_thread *thread, const struct action *action)
{
	uint32_t t = thread_number(thread);
	bool fence = action->kind == ACTION_FENCE;
	struct event *event = new_event(thread, action, fence ? EVENT_FENCE : EVENT_CHOICE);
	ref r = REF(t, machine->graph->thread[t].n - 1);

	const struct schedule_step *step = execution_named(x);
	uint64_t none;
	if (fence && step != NULL && !named_choice(x, step, 1, &none))
		return;
	if (fence) {
		event->rule.failure_order = event->rule.order;
		if (event->rule.order == __ATOMIC_SEQ_CST)
			event->flags |= EVENT_SC;
		note_order(event);
		event_perform_fence(thread, event, r);
		return;
	}
	if (step == NULL)
		event->read_value = execution_alternative(x, ALTERNATIVE_CHOICE, action->choices);
	else if (!named_choice(x, step, action->choices, &event->read_value))
		return;
	if (action->surprise != SURPRISE_NONE)
		event->flags |= EVENT_SURPRISE;
	for (uint32_t k = surprise_choices(x, action); k-- > 0;) {
		if (k != event->read_value)
			alternative_add(x, ITEM_CHOICE, event->stamp, r, REF_INITIAL, (int32_t)k);
	}
	event_perform_choice(thread, event, r);
}
