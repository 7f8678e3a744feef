#include "shortcut.h"

#include <string.h>

#include "clocks.h"
#include "hash.h"
#include "waiting.h"

#define AMBIGUOUS 1u /* it has led to two places */

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
		lead->place = AMBIGUOUS;
}

static bool leads_to(struct execution *x, const struct event *load, uint64_t value, uint64_t place)
{
	uint64_t key = key_of(load, value);
	const struct lead *lead = lead_of(x, key);

	return lead != NULL && lead->key == key && lead->place == place;
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

/* The thread's last event, if it only reads, and the thread has come from it in one go to an access of the plugin's. */
static const struct event *comes_from(const struct run_thread *thread, const struct action *action)
{
	const struct graph_thread *events = &machine->graph->thread[thread_number(thread)];

	if (events->n == 0 || action->rule.library || action->rule.plain)
		return NULL;
	const struct event *last = &events->event[events->n - 1];
	bool in_one_go = last->operation == thread->operations && last->plain_writes == thread->plain_writes &&
			 thread->plain_streak == 0;
	return in_one_go && only_reads(last) ? last : NULL;
}

void shortcut_note(struct execution *x, const struct run_thread *thread, const struct action *action, uint64_t state)
{
	const struct event *last = comes_from(thread, action);

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
	return lead != NULL && lead->key == key && lead->place != AMBIGUOUS && await_in_vain(r, lead->state);
}

bool shortcut_find(struct execution *x, struct run_thread *thread, const struct action *action, uint64_t state)
{
	uint32_t t = thread_number(thread);
	const struct graph_thread *events = &machine->graph->thread[t];
	const struct event *last = comes_from(thread, action);

	if (last == NULL)
		return false;
	uint64_t place = place_of(thread, action, state);
	for (uint32_t i = events->n - 1; i-- > 0;) {
		const struct event *event = &events->event[i];
		if (!only_reads(event) || event->operation != thread->operations ||
		    event->plain_writes != thread->plain_writes)
			return false;
		if (!is_load(event) || event->location != last->location ||
		    !leads_to(x, event, last->read_value, place) || !knows_no_more(thread, REF(t, i), last))
			continue;
		thread->status = THREAD_BLOCKED;
		thread->reason = BLOCK_SHORTCUT;
		return true;
	}
	return false;
}

void shortcut_forget(struct execution *x)
{
	memset(x->lead, 0, sizeof x->lead);
}
