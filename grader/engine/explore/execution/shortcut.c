#include "shortcut.h"

#include <string.h>

#include "clocks.h"
#include "hash.h"
#include "waiting.h"

#define NO_PLACE 1u /* it has led to two places, or to none in one go */

/* Where the thread is, and what it is about to do there. */
static uint64_t place_of(const struct run_thread *thread, const struct action *action, uint64_t state)
{
	uint64_t place = hash_mix(state, action->pc);

	place = hash_mix(place, action->address);
	place = hash_mix(place, (uint64_t)action->rule.rule << 32 | (uint64_t)action->rule.order << 8 |
				    action->rule.failure_order);
	place = hash_mix(place, action->rule.operand);
	place = hash_mix(place, action->rule.expected);
	/* A compare-exchange: where it puts what it has found. */
	return hash_mix(place, rule_writes(&action->rule) ? thread->fiber->request.argument[1] : 0) | 2;
}

static bool is_load(const struct event *event)
{
	return event->rule.rule == RULE_LOAD && (event->flags & (EVENT_PLAIN | EVENT_LIBRARY)) == 0;
}

/* It only reads, and may be left out. */
static bool only_reads(const struct event *event)
{
	return (event->flags & (EVENT_READS | EVENT_WRITES | EVENT_PLAIN | EVENT_LIBRARY)) == EVENT_READS;
}

static uint64_t key_of(const struct event *load, uint64_t value)
{
	return hash_mix(hash_mix(load->state, load->pc), hash_mix(load->location, value)) | 2;
}

/* The slot of the key, or the one that it is to get. */
static struct lead *lead_of(struct execution *x, uint64_t key)
{
	for (uint32_t i = 0; i < LEADS_LOOKED_AT; i++) {
		struct lead *lead = &x->lead[(key + i) % LEADS_MAX];
		if (lead->key == key || lead->key == 0)
			return lead;
	}
	return NULL;
}

/* The thread has come here from its last event, a load, in one go. */
static void note(struct execution *x, const struct event *load, uint64_t place, uint64_t state)
{
	uint64_t key = key_of(load, load->read_value);
	struct lead *lead = lead_of(x, key);

	if (lead == NULL)
		return;
	if (lead->key == 0)
		*lead = (struct lead){ .key = key, .place = place, .state = state };
	else if (lead->place != place)
		lead->place = NO_PLACE;
}

/* Whether the thread would know no more, had load `r` read what `last` has. */
static bool knows_no_more(const struct run_thread *thread, ref r, const struct event *last)
{
	const struct event *load = graph_event(machine->graph, r);
	union clock hb, porf;

	if ((load->flags & EVENT_SC) != 0 && (last->flags & EVENT_SC) == 0)
		return false;
	if ((load->flags & EVENT_ACQUIRE) == 0 || last->from == REF_INITIAL)
		return true;
	event_base_clocks(machine->graph, r, &hb, &porf);
	clock_join(&hb, &graph_event(machine->graph, last->from)->message);
	union clock both = thread->hb;
	clock_join(&both, &hb);
	return memcmp(&both, &thread->hb, sizeof both) == 0;
}

/* Where the thread is when it returns from a call of the plugin. */
static uint64_t place_of_return(const struct run_thread *thread, uint64_t state)
{
	const struct hook_request *request = &thread->fiber->request;
	uint64_t place = hash_mix(state, fiber_pc(thread->fiber));

	for (uint32_t i = 0; i < sizeof request->argument / sizeof request->argument[0]; i++)
		place = hash_mix(place, request->argument[i]);
	return place | 2;
}

/* The thread's last event, if it only reads, and the thread has come from it in one go. */
static const struct event *comes_from(const struct run_thread *thread)
{
	const struct graph_thread *events = &machine->graph->thread[thread_number(thread)];

	if (events->n == 0)
		return NULL;
	const struct event *last = &events->event[events->n - 1];
	bool in_one_go = last->operation == thread->operations && last->plain_writes == thread->plain_writes &&
			 thread->plain_streak == 0;
	return in_one_go && only_reads(last) ? last : NULL;
}

/* The same of who is about to make an access. */
static const struct event *comes_to(const struct run_thread *thread, const struct action *action)
{
	return action->rule.library || action->rule.plain ? NULL : comes_from(thread);
}

void shortcut_note(struct execution *x, const struct run_thread *thread, const struct action *action, uint64_t state)
{
	const struct event *last = comes_to(thread, action);

	if (last != NULL && is_load(last))
		note(x, last, place_of(thread, action, state), state);
}

bool shortcut_goes_round(struct execution *x, ref r)
{
	const struct event *load = graph_event(machine->graph, r);

	if (!is_load(load))
		return false;
	uint64_t key = key_of(load, load->read_value);
	const struct lead *lead = lead_of(x, key);
	return lead != NULL && lead->key == key && lead->place != NO_PLACE && await_in_vain(r, lead->state);
}

/* Whether the thread, whose last event is `last`, has come to this place by a detour; or END_AGAIN. */
static bool find(struct execution *x, struct run_thread *thread, const struct event *last, uint64_t place)
{
	uint32_t t = thread_number(thread);
	const struct graph_thread *events = &machine->graph->thread[t];

	for (uint32_t i = events->n - 1; i-- > 0;) {
		const struct event *event = &events->event[i];
		if (!only_reads(event) || event->operation != thread->operations ||
		    event->plain_writes != thread->plain_writes)
			return false;
		if (!is_load(event) || event->location != last->location || !knows_no_more(thread, REF(t, i), last))
			continue;
		uint64_t key = key_of(event, last->read_value);
		const struct lead *lead = lead_of(x, key);
		if (lead != NULL && lead->key == 0) {
			x->unknown_load = REF(t, i);
			x->unknown_write = last->from;
			machine->end = END_AGAIN;
			return true;
		}
		if (lead == NULL || lead->place != place)
			continue;
		thread->status = THREAD_BLOCKED;
		thread->reason = BLOCK_SHORTCUT;
		return true;
	}
	return false;
}

bool shortcut_find(struct execution *x, struct run_thread *thread, const struct action *action, uint64_t state)
{
	const struct event *last = comes_to(thread, action);

	return last != NULL && find(x, thread, last, place_of(thread, action, state));
}

bool shortcut_returns(struct execution *x, struct run_thread *thread)
{
	const struct event *last = comes_from(thread);

	if (last == NULL || thread->consumed != machine->graph->thread[thread_number(thread)].n)
		return false;
	uint64_t state = machine_state(thread), place = place_of_return(thread, state);
	if (is_load(last))
		note(x, last, place, state);
	return !x->looks_up && find(x, thread, last, place);
}

void shortcut_look_up(struct execution *x)
{
	ref r = x->unknown_load;
	const struct event *load = graph_event(machine->graph, r);
	struct run_thread *thread = &machine->thread[REF_THREAD(r)];
	uint64_t key = key_of(load, load->read_value);

	x->looks_up = true;
	execution_replay(x);
	x->looks_up = false;
	if (machine->end == END_NONE && thread->status == THREAD_FRONTIER && thread->consumed == REF_INDEX(r) + 1 &&
	    thread->action.kind == ACTION_ACCESS && rule_reads(&thread->action.rule))
		shortcut_note(x, thread, &thread->action, machine_state(thread));
	struct lead *lead = lead_of(x, key);
	if (lead != NULL && lead->key == 0)
		*lead = (struct lead){ .key = key, .place = NO_PLACE };
}

void shortcut_forget(struct execution *x)
{
	memset(x->lead, 0, sizeof x->lead);
}
