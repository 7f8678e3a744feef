#include "loops.h"

#include <string.h>

#include "events.h"
#include "hooks.h"
#include "waiting.h"

static struct graph_thread *events_of(const struct run_thread *thread)
{
	return &machine->graph->thread[thread - machine->thread];
}

/* ---- noticing that a thread does the same again ---- */

/* Whether event i is as event i - p is: the same step, which reads the same write, or each its own thread's of as many
 * events before. */
static bool as_before(const struct run_thread *thread, uint32_t i, uint32_t p)
{
	const struct event *b = &events_of(thread)->event[i], *a = b - p;
	uint32_t t = thread_number(thread);

	if (a->pc != b->pc || a->hook != b->hook || a->location != b->location || a->operation != b->operation ||
	    a->rule.rule != b->rule.rule || a->rule.order != b->rule.order || event_changes(a) != event_changes(b) ||
	    b->rule.rule == RULE_AWAIT_CLEAR || (b->flags & EVENT_RUNOUT) != 0)
		return false;
	if ((b->flags & EVENT_CHOICE) != 0)
		return a->read_value == b->read_value;
	if ((b->flags & EVENT_READS) == 0 || a->from == b->from)
		return true;
	return a->from != REF_INITIAL && b->from != REF_INITIAL && REF_THREAD(a->from) == t &&
	       REF_THREAD(b->from) == t && b->from - a->from == p;
}

/* When the event before i was that did the same as it, with no other of the sort in between; 0: none. */
static uint32_t period_at(struct execution *x, struct run_thread *thread, uint32_t i)
{
	const struct event *event = &events_of(thread)->event[i];
	struct last_seen *last = &past_of(x, thread)->last[(event->pc ^ event->location * 7u) % LAST_SEEN];
	uint32_t p = last->pc == event->pc && last->location == event->location ? i - last->index : 0;

	*last = (struct last_seen){ .pc = event->pc, .location = event->location, .index = i };
	return p;
}

/* Follows the thread's events up to now. A loop of p steps is noticed when for LOOP_ROUNDS times p events each was as
 * the one p before: work that is proportional to the events, whatever the loop's length. */
static void follow(struct execution *x, struct run_thread *thread)
{
	const struct graph_thread *events = events_of(thread);
	uint32_t window = LOOP_ROUNDS * LOOP_STEPS_MAX + LOOP_STEPS_MAX;

	if (past_of(x, thread)->followed > events->n)
		past_of(x, thread)->followed = events->n;
	if (past_of(x, thread)->followed + window < events->n)
		past_of(x, thread)->followed = events->n - window;
	for (; past_of(x, thread)->followed < events->n; past_of(x, thread)->followed++) {
		uint32_t i = past_of(x, thread)->followed, p = period_at(x, thread, i);
		if (p == 0 || p > LOOP_STEPS_MAX || events->event[i].operation != thread->operations) {
			past_of(x, thread)->period = past_of(x, thread)->alike = 0;
			continue;
		}
		if (p != past_of(x, thread)->period) {
			past_of(x, thread)->period = p;
			past_of(x, thread)->alike = 0;
		}
		past_of(x, thread)->alike = as_before(thread, i, p) ? past_of(x, thread)->alike + 1 : 0;
	}
}

/* ---- running on alone ---- */

/* Whether the thread's action is what event `e` did. */
static bool same_step(const struct action *action, const struct event *e)
{
	if (action->pc != e->pc || action->hook != e->hook)
		return false;
	if (action->kind != ACTION_ACCESS)
		return e->location == NO_LOCATION;
	return e->location != NO_LOCATION && action->rule.rule == e->rule.rule &&
	       location_at(&machine->model, e->location)->address == action->address;
}

/* Lets it see what event `e` saw; false: it does something else then. */
static bool answer(struct run_thread *thread, const struct event *e)
{
	const struct action *action = &thread->action;
	struct location *location;
	uint64_t old = e->read_value, new = 0;

	if (action->kind != ACTION_ACCESS) {
		thread->result = e->read_value;
		return true;
	}
	location = location_at(&machine->model, e->location);
	if (event_changes(e))
		old = location->memory;
	enum outcome outcome = rule_apply(&action->rule, old, &new);
	if (outcome == OUTCOME_BLOCK || (!event_changes(e) && outcome == OUTCOME_WRITE && new != old))
		return false;
	if (event_changes(e))
		location->memory = new;
	if (!action->rule.library && (event_changes(e) || action->rule.plain))
		store_bytes(location->address, location->size, event_changes(e) ? new : old);
	if (!action->rule.plain)
		machine_answer(thread, action, rule_value(&action->rule, old), outcome);
	return true;
}

/* On to its next action; false: there is none. */
static bool go_on(struct run_thread *thread)
{
	thread->status = THREAD_READY;
	do {
		machine_resume(thread);
		thread->has_action = machine_action(thread, &thread->action);
	} while (!thread->has_action && thread->status == THREAD_READY && machine->end == END_NONE);
	if (!thread->has_action || machine->end != END_NONE)
		return false;
	thread->status = THREAD_ASKING;
	return true;
}

/* Runs the thread on for as long as it does what the events [begin, end) did, from the first on; nothing of it is in
 * the graph. False: for more steps than are followed, or it ended otherwise. */
static bool run_on(struct run_thread *thread, uint32_t begin, uint32_t end)
{
	for (uint32_t steps = 0, at = begin; steps < LOOP_RUN_MAX; steps++) {
		const struct event *e = &events_of(thread)->event[at];
		if (!same_step(&thread->action, e) || !answer(thread, e))
			return true;
		at = at + 1 == end ? begin : at + 1;
		if (!go_on(thread))
			return true;
	}
	return false;
}

/* ---- learning ---- */

/* What the loop has written last to a place is the same in each round: it goes round in the same state. */
static bool takes_back(const struct event *round, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		bool last = event_changes(&round[i]);
		for (uint32_t k = i + 1; k < n && last; k++)
			last = !event_changes(&round[k]) || round[k].location != round[i].location;
		if (last && round[i].write_value == (&round[i] - n)->write_value)
			return true;
	}
	return false;
}

/* Where the loop begins: at the first of its steps that the thread took which reads, and changes nothing. */
static bool find_begin(const struct run_thread *thread, uint32_t p, uint32_t *begin)
{
	const struct event *event = events_of(thread)->event;
	uint32_t n = events_of(thread)->n, first = n - p;

	while (first > 0 && event[first - 1].pc == event[first - 1 + p].pc &&
	       event[first - 1].operation == thread->operations &&
	       event[first - 1].location == event[first - 1 + p].location)
		first--;
	for (uint32_t i = first; i < first + p; i++) {
		uint32_t in_round = n - p + (i % p + p - (n - p) % p) % p;
		if ((event[in_round].flags & EVENT_READS) == 0 || event_changes(&event[in_round]))
			continue;
		*begin = in_round;
		return true;
	}
	return false;
}

/* Finds out what the loop is whose last p steps the thread has just taken, and begins again with that knowledge. */
static void learn(struct execution *x, struct run_thread *thread, uint32_t p)
{
	struct loop *loop = &x->loop[x->n_loops];
	uint32_t n = events_of(thread)->n, begin;
	bool tracing = machine->tracing, changing = false;
	const struct event *round = &events_of(thread)->event[n - p];

	*loop = (struct loop){ .n = p };
	if (!find_begin(thread, p, &begin))
		begin = n - p;
	else
		loop->waits = true;
	for (uint32_t i = 0; i < p; i++) {
		const struct event *e = &round[(begin - (n - p) + i) % p];
		loop->step[i] = (struct loop_step){
			.pc = e->pc, .hook = e->hook, .rule = e->rule.rule, .changes = event_changes(e)
		};
		changing = changing || event_changes(e);
	}
	loop->takes_back = takes_back(round, p);
	/* Nothing that the thread does from here on counts: the execution is not one of the search's. */
	machine->tracing = true;
	loop->endless = !run_on(thread, n - p, n);
	machine->tracing = tracing;
	/* How often it has counted is seen by others: then each round is a round of its own. */
	if (changing && !loop->endless)
		loop->waits = false;
	x->n_loops++;
	machine->end = END_RESTART;
}

static const struct loop *known_as(const struct execution *x, const struct action *action, uint32_t p)
{
	for (uint32_t i = 0; i < x->n_loops; i++) {
		const struct loop *loop = &x->loop[i];
		for (uint32_t k = 0; k < loop->n; k++) {
			if (loop->n == p && loop->step[k].pc == action->pc && loop->step[k].hook == action->hook)
				return loop;
		}
	}
	return NULL;
}

enum loop_end loops_end(struct execution *x, struct run_thread *thread, uint32_t p)
{
	const struct loop *loop = known_as(x, &thread->action, p);

	if (loop != NULL)
		return loop->endless ? LOOP_ENDLESS : LOOP_LEFT;
	if (x->scheduler->named != NULL || p > LOOP_STEPS_MAX || x->n_loops == LOOPS_MAX)
		return LOOP_UNKNOWN;
	learn(x, thread, p);
	return LOOP_LEARNT;
}

/* ---- waiting in a loop that is known ---- */

static bool went_round(const struct run_thread *thread, const struct loop *loop, const struct action *action,
		       uint32_t location)
{
	const struct graph_thread *events = events_of(thread);

	if (!loop->waits || loop->step[0].pc != action->pc || loop->step[0].hook != action->hook || events->n < loop->n)
		return false;
	const struct event *round = &events->event[events->n - loop->n];
	if (round->location != location)
		return false;
	for (uint32_t i = 0; i < loop->n; i++) {
		if (round[i].pc != loop->step[i].pc || round[i].hook != loop->step[i].hook ||
		    round[i].rule.rule != loop->step[i].rule || round[i].operation != thread->operations ||
		    event_changes(&round[i]) != loop->step[i].changes || (round[i].flags & EVENT_RUNOUT) != 0)
			return false;
	}
	return true;
}

static void wait_here(struct execution *x, struct run_thread *thread, const struct loop *loop, uint32_t begin,
		      uint32_t end)
{
	bound_reached(&machine->bounds, BOUND_ROUNDS);
	past_of(x, thread)->spin_leaves = !loop->endless;
	await_block(x, thread, begin, end, loop->takes_back ? BLOCK_CYCLE : BLOCK_SPIN);
	x->cycles_seen = x->cycles_seen || loop->takes_back;
	if (x->scheduler->patient)
		thread->status = THREAD_WAITING;
}

/* How many loops have run out in the call that the thread is in. */
static uint32_t run_outs(struct execution *x, const struct run_thread *thread)
{
	return past_of(x, thread)->ran_out_in == thread->operations ? past_of(x, thread)->ran_out : 0;
}

static void run_out(struct execution *x, struct run_thread *thread, uint32_t begin, uint32_t end)
{
	past_of(x, thread)->ran_out = run_outs(x, thread) + 1;
	past_of(x, thread)->ran_out_in = thread->operations;
	if (!run_on(thread, begin, end))
		machine->end = END_PRUNED;
}

/* Adds the event in which the thread decides: 0, it waits until something changes; RUN_OUT, nothing does, and it leaves
 * the loop by itself. */
static ref add_decision(struct run_thread *thread, const struct action *action, uint32_t n, bool takes_back,
			uint64_t value)
{
	struct event *event = graph_add(machine->graph, thread_number(thread));

	event->flags = EVENT_CHOICE | EVENT_RUNOUT;
	event->hook = HOOK_choice;
	event->pc = action->pc;
	event->operation = thread->operations;
	event->plain_writes = thread->plain_writes;
	event->choices = (uint16_t)n;
	event->read_value = value;
	event->write_value = takes_back;
	return REF(thread - machine->thread, events_of(thread)->n - 1);
}

static void decide(struct execution *x, struct run_thread *thread, const struct loop *loop, const struct action *action)
{
	uint32_t n = events_of(thread)->n;
	bool may = run_outs(x, thread) < RUN_OUTS_MAX;
	bool out = may && x->scheduler->patient && execution_alternative(x, ALTERNATIVE_CHOICE, 2) != 0;

	if (loop->endless || (x->scheduler->patient && !out) || !may) {
		wait_here(x, thread, loop, n - loop->n, n);
		return;
	}
	ref r = add_decision(thread, action, loop->n, loop->takes_back, out ? RUN_OUT : 0);
	event_perform_choice(thread, graph_event(machine->graph, r), r);
	if (out) {
		run_out(x, thread, n - loop->n, n);
		return;
	}
	alternative_add(x, ITEM_CHOICE, graph_event(machine->graph, r)->stamp, r, REF_INITIAL, RUN_OUT);
	wait_here(x, thread, loop, n - loop->n, n);
}

void loops_replay(struct execution *x, struct run_thread *thread, ref r)
{
	struct event *event = graph_event(machine->graph, r);
	uint32_t end = REF_INDEX(r), begin = end - event->choices;

	event_perform_choice(thread, event, r);
	if (event->read_value != 0) {
		bound_reached(&machine->bounds, BOUND_ROUNDS);
		run_out(x, thread, begin, end);
	} else {
		wait_here(x, thread, &(struct loop){ .takes_back = event->write_value != 0 }, begin, end);
	}
}

/* Whether the last n events of the thread can be a round of a loop that it is about to go round again. */
static bool is_round(const struct run_thread *thread, const struct action *action, uint32_t location, uint32_t n)
{
	const struct graph_thread *events = events_of(thread);

	if (n == 0 || n > events->n)
		return false;
	const struct event *first = &events->event[events->n - n];
	return first->pc == action->pc && first->hook == action->hook && first->location == location &&
	       first->operation == thread->operations;
}

/* Whether something is counted in the round in which the thread waits. */
static bool counts(struct execution *x, const struct run_thread *thread)
{
	for (uint32_t i = past_of(x, thread)->spin_begin; i < past_of(x, thread)->spin_end; i++) {
		if ((events_of(thread)->event[i].flags & EVENT_COUNTS) != 0)
			return true;
	}
	return false;
}

void loops_named(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location,
		 const struct schedule_step *step)
{
	uint32_t end = events_of(thread)->n, n = step->number;
	bool leaves = step->how == SCHEDULE_LEAVES;

	if (!is_round(thread, action, location, n)) {
		execution_misfit(x, SAID_IT_IS_IN_NO_SUCH);
		return;
	}
	ref r = add_decision(thread, action, n, step->taken_back, leaves ? RUN_OUT : 0);
	event_perform_choice(thread, graph_event(machine->graph, r), r);
	if (leaves) {
		run_out(x, thread, end - n, end);
		if (machine->end == END_PRUNED)
			execution_misfit(x, SAID_IT_DOES_NOT_LEAVE_ITS);
		return;
	}
	await_block(x, thread, end - n, end, step->taken_back ? BLOCK_CYCLE : BLOCK_SPIN);
	/* Unless it is seen to go round for ever, in the end (loops_settle). */
	past_of(x, thread)->spin_leaves =
	    thread->status == THREAD_BLOCKED &&
	    (counts(x, thread) || machine_state(thread) != events_of(thread)->event[end - n].state);
}

/* ---- a loop in a loop ---- */

bool loops_left_before(struct execution *x, const struct run_thread *thread)
{
	return run_outs(x, thread) > 0;
}

/* What the thread did last in this call where it now is; NULL: it was not there. */
static const struct event *done_before(const struct run_thread *thread)
{
	const struct graph_thread *events = events_of(thread);

	for (uint32_t i = events->n; i-- > 0 && events->event[i].operation == thread->operations;) {
		if (same_step(&thread->action, &events->event[i]))
			return &events->event[i];
	}
	return NULL;
}

/* Whether another waits for what event e writes again and again. */
static bool concerns_another(struct execution *x, const struct run_thread *thread, const struct event *e)
{
	for (uint32_t t = 0; event_changes(e) && t < machine->n_threads; t++) {
		const struct run_thread *other = &machine->thread[t];
		const struct past *past = past_of(x, other);
		if (other == thread || other->status != THREAD_BLOCKED)
			continue;
		for (uint32_t i = past->spin_begin; other->reason == BLOCK_SPIN && i < past->spin_end; i++) {
			const struct event *event = &events_of(other)->event[i];
			if (event->location == e->location && !event_changes(event))
				return true;
		}
		if (other->reason != BLOCK_SPIN &&
		    events_of(other)->event[events_of(other)->n - 1].location == e->location)
			return true;
	}
	return false;
}

/* Lets the thread, which has just left its loop by itself, run on alone as long as it does nothing that it has not done
 * in this call, and sees nothing else. */
static bool comes_round(struct execution *x, struct run_thread *thread)
{
	for (uint32_t steps = 0; steps < LOOP_RUN_MAX; steps++) {
		if (!thread->has_action || thread->status != THREAD_ASKING || machine->end != END_NONE)
			return false;
		const struct event *e = done_before(thread);
		if (e == NULL || concerns_another(x, thread, e) ||
		    ((e->flags & EVENT_READS) != 0 && !event_changes(e) && !event_reads_newest(e)) ||
		    !answer(thread, e))
			return false;
		go_on(thread);
	}
	return true;
}

void loops_settle(struct execution *x, struct run_thread *thread)
{
	struct past *past = past_of(x, thread);

	if (thread->status != THREAD_BLOCKED || thread->reason != BLOCK_SPIN ||
	    (!past->spin_leaves && !counts(x, thread)))
		return;
	bool tracing = machine->tracing;
	machine->tracing = true;
	past->spin_leaves = run_on(thread, past->spin_begin, past->spin_end);
	if (past->spin_leaves && loops_left_before(x, thread))
		past->spin_leaves = !comes_round(x, thread);
	machine->tracing = tracing;
	thread->status = THREAD_BLOCKED;
}

bool loops_wait(struct execution *x, struct run_thread *thread, const struct action *action, uint32_t location)
{
	const struct graph_thread *events = events_of(thread);

	for (uint32_t i = 0; i < x->n_loops && !past_of(x, thread)->woken; i++) {
		if (!went_round(thread, &x->loop[i], action, location))
			continue;
		decide(x, thread, &x->loop[i], action);
		return true;
	}
	if (events->n < LOOP_EVENTS_LEAST ||
	    events->event[events->n - LOOP_EVENTS_LEAST].operation != thread->operations)
		return false;
	follow(x, thread);
	uint32_t p = past_of(x, thread)->period;
	if (p == 0 || past_of(x, thread)->alike < LOOP_ROUNDS * p || events->event[events->n - p].pc != action->pc ||
	    events->event[events->n - p].location != location || x->n_loops == LOOPS_MAX ||
	    known_as(x, action, p) != NULL)
		return false;
	learn(x, thread, p);
	return true;
}
