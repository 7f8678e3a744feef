#include "states.h"

#include <stdio.h>
#include <string.h>

#include "calls.h"
#include "hash.h"
#include "heap.h"
#include "memory.h"

void queue_drop(struct states *sf, uint64_t key, uint32_t thread)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < sf->n_queue; i++) {
		if (sf->queue[i].key != key || sf->queue[i].thread != thread)
			sf->queue[n++] = sf->queue[i];
	}
	sf->n_queue = n;
}

static bool queue_has(struct states *sf, uint64_t key, uint32_t thread)
{
	for (uint32_t i = 0; i < sf->n_queue; i++) {
		if (sf->queue[i].key == key && sf->queue[i].thread == thread)
			return true;
	}
	return false;
}

void queue_add(struct states *sf, uint64_t key, uint32_t thread)
{
	if (sf->n_queue < QUEUE_MAX && !queue_has(sf, key, thread)) {
		sf->queue[sf->n_queue].key = key;
		sf->queue[sf->n_queue++].thread = thread;
	}
}

uint64_t stateful_first(const void *context, uint64_t key, uint64_t mask)
{
	const struct states *sf = context;

	for (uint32_t i = 0; i < sf->n_queue; i++) {
		if (sf->queue[i].key == key && (mask & UINT64_C(1) << sf->queue[i].thread) != 0)
			return UINT64_C(1) << sf->queue[i].thread;
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
	uint32_t index = location_lookup(&machine->model, key, 1);

	return index == NO_LOCATION ? 0 : location_at(&machine->model, index)->solo;
}

/* Whether the thread's pending action would let it on; if not, it takes its place in line. */
bool states_enabled(struct states *sf, struct run_thread *thread)
{
	const struct action *action = &thread->action;
	uint32_t t = thread_number(thread);
	uint64_t new;

	if (thread->status != THREAD_ASKING)
		return false;
	if (action->kind != ACTION_ACCESS || !action->rule.library)
		return true;
	if (rule_apply(&action->rule, library_value(action->address), &new) == OUTCOME_BLOCK) {
		if (waits_in_line(action))
			queue_add(sf, action->address, t);
		return false;
	}
	for (uint32_t i = 0; i < sf->n_queue && waits_in_line(action); i++) {
		if (sf->queue[i].key == action->address)
			return sf->queue[i].thread == t;
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

	while (thread->status == THREAD_READY && machine->end == END_NONE) {
		machine_resume(thread);
		if (machine_action(thread, &thread->action)) {
			thread->status = THREAD_ASKING;
		} else if (goes_round(thread, &requests)) {
			thread->action = (struct action){ .kind = ACTION_FENCE, .hook = HOOK_mark };
			thread->status = THREAD_ASKING;
		}
	}
}

static uint8_t pause_of(const char *call)
{
	return strcmp(call, "sched_yield") == 0 ? PAUSE_YIELD : strcmp(call, "sleep") == 0 ? PAUSE_SLEEP : 0;
}

static void mark(void *context, const struct run_thread *thread, uint32_t event, uint32_t what)
{
	struct states *sf = context;
	uint16_t bit = (uint16_t)(1u << (thread - machine->thread));

	if (thread >= &machine->thread[machine->n_threads])
		return;
	if (event == MARK_LIBRARY)
		sf->pauses |= pause_of(thread->library_call);
	if (event == TRIAL_REQUEST) {
		/* A workload that marks no entries: the request before was served when its call returned. */
		sf->n_entries += (sf->requesting & bit) != 0;
		sf->requesting |= bit;
	}
	if (event == TRIAL_CALL || event == TRIAL_RETURN) {
		sf->midway &= (uint16_t)~bit;
		sf->begun[thread_number(thread)] = 0;
	}
	if (event == TRIAL_RETURN)
		sf->pauses |= PAUSE_RETURN;
	if (event == TRIAL_ENTER || event == TRIAL_ENTER_SHARED) {
		sf->requesting &= (uint16_t)~bit;
		sf->inside |= bit;
		sf->entered |= bit;
		sf->n_entries++;
	}
	if (event == TRIAL_LEAVE)
		sf->inside &= (uint16_t)~bit;
	telling_mark(&sf->told, thread, event, what);
}

/* One step of a thread, and on to its next action. */
static void take_step(struct states *sf, uint32_t t, uint32_t alternative)
{
	struct run_thread *thread = &machine->thread[t];
	const struct action *action = &thread->action;
	uint64_t old = 0, new = 0;
	enum outcome outcome = OUTCOME_READ;

	thread->status = THREAD_READY;
	/* What cannot be read is no value to be told: it is a crash. */
	if (action->kind == ACTION_ACCESS && !action->rule.plain && !action->rule.library &&
	    !machine_probe(thread, action->address, action->rule.size))
		return;
	if (action->kind == ACTION_CHOICE) {
		thread->result = alternative;
	} else if (action->kind == ACTION_ACCESS) {
		if (!action->rule.plain) {
			old = action->rule.library ? library_value(action->address)
						   : load_bytes(action->address, action->rule.size);
			outcome = rule_apply(&action->rule, old, &new);
			if (action->rule.rule == RULE_OR && action->rule.library)
				queue_add(sf, action->address, t);
			else if (action->rule.library)
				queue_drop(sf, action->address, t);
		}
		machine_solo_access(thread, action);
	}
	telling_step(&sf->told, thread, old, outcome, new);
	/* What nobody sees is no step that others could be kept waiting by. */
	if (!merge_is_silent(&sf->apart, thread))
		sf->midway |= (uint16_t)(1u << t);
	else if ((sf->midway & 1u << t) == 0 && sf->begun[t] < UINT8_MAX)
		sf->begun[t]++;
	run_to_action(thread);
	telling_over(&sf->told);
}

/* A futex's waiter looks at the word and joins those who sleep at once (RULE_ENQUEUE): nobody comes in between. */
void states_move(struct states *sf, uint32_t t, uint32_t alternative)
{
	const struct run_thread *thread = &machine->thread[t];

	take_step(sf, t, alternative);
	while (thread->status == THREAD_ASKING && thread->action.kind == ACTION_ACCESS &&
	       thread->action.rule.rule == RULE_ENQUEUE)
		take_step(sf, t, 0);
}

uint32_t states_choices(struct states *sf, const struct action *action)
{
	if (action->kind != ACTION_CHOICE)
		return 1;
	if (!sf->surprises && action->surprise != SURPRISE_NONE) {
		sf->left_out = true;
		return 1;
	}
	return action->choices < ALTERNATIVES ? action->choices : ALTERNATIVES;
}

static const struct listener listener = { .mark = mark };

void states_start(struct states *sf)
{
	machine->listener = &listener;
	machine->listener_context = sf;
	machine->stateful = true;
	machine_start();
	machine->solo = true;
	sf->requesting = sf->inside = sf->midway = sf->entered = 0;
	sf->n_entries = 0;
	sf->n_queue = 0;
	memset(sf->begun, 0, sizeof sf->begun);
	merge_start(&sf->apart);
	for (uint32_t t = 0; t < machine->n_threads; t++)
		run_to_action(&machine->thread[t]);
}

void states_stop(void)
{
	machine->solo = machine->stateful = false;
	machine->listener = NULL;
}

static uint64_t hash_of_threads_and_memory(struct states *sf)
{
	uint64_t h = hash_mix(memory_hash(), heap_hash());

	for (uint32_t t = 0; t < machine->n_threads; t++) {
		const struct run_thread *thread = &machine->thread[t];
		h = hash_mix(h, thread->status == THREAD_DONE ? 1 : machine_state(thread));
		if (thread->status == THREAD_DONE)
			continue;
		struct event_rule rule = thread->action.rule;
		if (sf->n_counters > 0 && counters_has(sf, thread->action.address))
			rule.operand = 0;
		h = hash_bytes(&rule, sizeof rule, h ^ thread->action.address);
	}
	return h;
}

uint64_t states_hash(struct states *sf)
{
	static struct counted kept;

	if (sf->n_counters > 0)
		counters_hide(sf, &kept);
	uint64_t h = hash_of_threads_and_memory(sf);
	if (sf->n_counters > 0)
		counters_show(sf, &kept);
	for (uint32_t i = 0; i < machine->model.n_locations; i++) {
		/* One that has not changed may as well not be known yet. */
		if (location_at(&machine->model, i)->library &&
		    location_at(&machine->model, i)->solo != location_at(&machine->model, i)->saved)
			h = hash_mix(h, hash_mix(location_at(&machine->model, i)->address,
						 location_at(&machine->model, i)->solo));
	}
	for (uint32_t i = 0; i < sf->n_queue; i++)
		h = hash_mix(h, sf->queue[i].key ^ sf->queue[i].thread);
	h = hash_mix(h, merge_hash(&sf->apart));
	return hash_mix(h, (uint64_t)sf->requesting << 16 | (uint64_t)sf->midway << 48 | sf->inside);
}
