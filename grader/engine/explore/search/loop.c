#include "loop.h"

#include "revisit.h"
#include "shortcut.h"
#include "worklist.h"

/* What an execution costs: its events, each of which is a step of native code, and what was looked at to place them. A
 * budget in such units does not depend on the machine, and keeps an algorithm of long executions from taking a hundred
 * times as long as one of short ones. */
static uint64_t work_of_execution(struct search *search, uint64_t events)
{
	uint64_t steps = machine->steps - search->stepped;

	/* A loop that runs out in thousands of rounds takes steps that are no events. */
	uint64_t unseen = steps > STEPS_FREE + 16 * events ? steps - STEPS_FREE - 16 * events : 0;

	return WORK_PER_EVENT * events + WORK_PER_LOOK * (machine->model.looked_at - search->looked) +
	       WORK_OF_STEP * unseen;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* What is left of a budget, in executions of so much each, once something is violated, of which `found` had been used
 * up when it was found. As long as few have come to their end, all of it. */
static uint64_t share(const struct search *search, uint64_t executions, uint64_t each, uint64_t found)
{
	uint64_t budget = executions * each;

	if (search->n_violated == 0 || search->count.complete + search->count.cut < EXECUTIONS_ONCE_VIOLATED)
		return budget;
	uint64_t left = larger(budget / SHARE_ONCE_VIOLATED, EXECUTIONS_ONCE_VIOLATED * each);
	left = larger(left, SHARE_ONCE_VIOLATED * found);
	return left < budget ? left : budget;
}

uint64_t search_share(const struct search *search, uint64_t executions)
{
	return share(search, executions, 1, 0);
}

static uint64_t work_share(const struct search *search, uint64_t executions)
{
	return share(search, executions, WORK_PER_EXECUTION, search->found_work);
}

bool search_out_of_work(struct search *search)
{
	return search->work >= work_share(search, search->max_executions);
}

/* Those that come to nothing say nothing of the program: they count by their work alone. */
static bool out_of_budget(struct search *search, uint64_t executions)
{
	uint64_t ended = search->count.complete + search->count.cut;

	search->work += WORK_PER_LOOK * (machine->model.looked_at - search->looked);
	search->looked = machine->model.looked_at;
	return ended >= share(search, executions, 1, search->found_ended) ||
	       search->work >= work_share(search, executions);
}

/* The budget is used up, or an execution was too long. */
static bool is_cut(struct search *search, uint64_t executions)
{
	if (!machine->bounds.exhausted && !out_of_budget(search, executions))
		return false;
	machine->bounds.exhausted = true;
	bound_reached(&machine->bounds, BOUND_EXECUTIONS);
	return true;
}

static void note_violated(struct search *search)
{
	uint32_t n = violation_properties(search->found);

	if (n <= search->n_violated)
		return;
	search->n_violated = n;
	search->found_ended = search->count.complete + search->count.cut;
	search->found_work = search->work;
}

void search_count(struct search *search)
{
	uint64_t events = 0;

	for (uint32_t t = 0; t < machine->graph->n_threads; t++)
		events += machine->graph->thread[t].n;
	search->count.executions++;
	search->work += work_of_execution(search, events);
	search->looked = machine->model.looked_at;
	search->stepped = machine->steps;
	for (uint32_t t = 0; t < machine->n_threads && machine->end == END_NONE && !search->x->waited; t++)
		search->x->waited =
		    machine->thread[t].status == THREAD_BLOCKED && machine->thread[t].operation != TRIAL_OPERATION_NONE;
	if (machine->end == END_NONE && execution_all_done())
		search->count.complete++, search->count.events += events;
	else if (machine->end == END_NONE || machine->end == END_PRUNED)
		search->count.blocked++, search->count.halted += machine->end == END_NONE;
	else if (machine->end == END_FINDING)
		search->count.cut++;
	note_violated(search);
}

static void start(struct search *search)
{
	search_clear(search);
	search->count = (struct search_counts){ 0 };
	search->work = search->found_work = search->found_ended = 0;
	search->n_violated = violation_properties(search->found);
	search->x->surprises.left_out = 0;
	shortcut_forget(search->x);
}

void search_graphs(struct search *search, uint64_t budget)
{
	bool ready = true;
	uint32_t restarts = 0;

	search->budget = budget;
	start(search);
	while (search->n_levels > 0) {
		if (ready) {
			execution_run(search->x);
			search_count(search);
			if (machine->end == END_STOP)
				return;
			if (machine->end == END_RESTART) {
				if (++restarts > RESTARTS_MAX) {
					machine_give_up(SAID_VARIABLES_ARE_ACCESSED_IN_MORE);
					return;
				}
				start(search);
				continue;
			}
			if (violation_enough(search->found)) {
				bound_reached(&machine->bounds, BOUND_VIOLATIONS);
				return;
			}
			if (is_cut(search, budget))
				return;
			if (machine->end == END_AGAIN) {
				revisit_look_up(search);
				if (machine->end == END_STOP)
					return;
				continue;
			}
		}
		if (worklist_top(search)->n == 0) {
			worklist_pop(search);
			ready = false;
			continue;
		}
		ready = revisit_apply(search, worklist_top(search)->items[--worklist_top(search)->n]);
		/* What needs no execution costs something too. */
		if (!ready && is_cut(search, budget))
			return;
	}
}

static void add(void *context, enum item_kind kind, uint32_t stamp, ref event, ref other, int32_t mo)
{
	worklist_add(context, kind, stamp, event, other, mo);
}

static void written(void *context, ref write)
{
	revisit_push(context, write);
}

static void demoted(void *context, ref r, ref from)
{
	worklist_demote(context, r, from);
}

/* The budget will be used up when this execution is over, whatever else it does. */
static bool spent(void *context)
{
	const struct search *search = context;

	return search->work + WORK_PER_LOOK * (machine->model.looked_at - search->looked) >=
	       work_share(search, search->budget);
}

static const struct alternatives alternatives = { .add = add, .written = written, .demoted = demoted, .spent = spent };

void search_init(struct search *search, struct execution *x, struct findings *found, struct strategies *strategies)
{
	*search = (struct search){ .x = x, .found = found, .strategies = strategies };
	x->alternatives = &alternatives;
	x->alternatives_context = search;
}
