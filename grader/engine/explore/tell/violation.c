#include "violation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "linear.h"
#include "process.h"
#include "replay.h"

#define TRIES_MAX 3000u /* of all that show it, also in the same way */

bool violation_all_counted(const struct violation *violation)
{
	return violation->count >= CHOOSE_AMONG || violation->tries >= TRIES_MAX;
}

/* ---- noting ---- */

static void say(struct violation *violation, const char *message)
{
	if (machine->processes)
		said_write(violation->message, sizeof violation->message, SAID_OF_PROCESSES, message);
	else
		snprintf(violation->message, sizeof violation->message, "%s", message);
}

static void describe(struct violation *violation, const struct finding *finding)
{
	violation->found = true;
	violation->rank = finding->rank;
	violation->at_thread = finding->thread < machine->n_threads ? (int32_t)finding->thread : -1;
	violation->code = machine->code;
	violation->n_places = finding->n_places;
	if (finding->n_places > 0)
		memcpy(violation->place, finding->places, finding->n_places * sizeof *finding->places);
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		violation->marks[t] = finding->marks == NULL ? UINT32_MAX : finding->marks[t];
	violation->blame = machine->blame;
	say(violation, finding->message);
}

/* While a schedule is run again: what it shows of each property, the first of the lowest rank. */
static void show(struct findings *found, const struct finding *finding)
{
	struct violation *shown = &found->shown[finding->property];

	if (shown->found && shown->rank <= finding->rank)
		return;
	describe(shown, finding);
	shown->hook = machine->steps;
	shown->n_trace = found->trace.n;
	shown->by_access = false;
}

static bool is_better(const struct violation *known, uint32_t rank, bool weak, uint32_t switches, uint32_t n)
{
	if (!known->found || !known->has_schedule)
		return true;
	if (known->rank != rank)
		return known->rank > rank;
	if (known->weak != weak)
		return known->weak;
	return known->switches != switches ? switches < known->switches : n < known->n_events;
}

/* What is_better() would not take is not looked for. */
static struct linear_limits limits_beside(const struct violation *known, uint32_t rank)
{
	if (!known->found || !known->has_schedule || known->rank > rank)
		return LINEAR_UNLIMITED;
	if (known->rank < rank)
		return (struct linear_limits){ 0 };
	return (struct linear_limits){ .below = known->weak ? UINT32_MAX : known->switches + 1,
				       .below_weak = known->weak ? known->switches + 1 : 0 };
}

/* Those who wait in a loop, where the graph does not say so itself. */
static int add_waits(struct findings *found, struct schedule *schedule, const struct graph *graph)
{
	int r = 0;

	for (uint32_t t = 0; t < machine->n_threads && r == 0; t++) {
		const struct run_thread *thread = &machine->thread[t];
		uint32_t n = graph->thread[t].n;
		if (thread->status != THREAD_BLOCKED || thread->reason != BLOCK_SPIN ||
		    (n > 0 && (graph->thread[t].event[n - 1].flags & EVENT_RUNOUT) != 0))
			continue;
		r = replay_add_wait(schedule, t,
				    past_of(found->x, thread)->spin_end - past_of(found->x, thread)->spin_begin);
	}
	return r;
}

/* What the graph consists of: executions that go on differently after a violation show the same. */
static uint64_t fingerprint(const struct graph *graph)
{
	uint64_t hash = graph->n_threads;

	for (uint32_t t = 0; t < graph->n_threads; t++) {
		hash = hash_mix(hash, graph->thread[t].n);
		for (uint32_t i = 0; i < graph->thread[t].n; i++) {
			const struct event *event = graph_event(graph, REF(t, i));
			hash = hash_mix(hash, (uint64_t)event->from << 32 | event->location);
			hash = hash_mix(hash, (uint64_t)(uint32_t)event->mo << 32 | event->flags);
		}
	}
	return hash;
}

static bool is_known(struct findings *found, uint32_t property, uint64_t print)
{
	struct violation *violation = &found->violation[property];

	for (uint64_t i = 0; i < violation->count; i++) {
		if (found->known[property][i] == print)
			return true;
	}
	found->known[property][violation->count++] = print;
	return false;
}

/* The events that show a violation, in an order. */
struct ordered {
	ref event[THREADS_MAX * EVENTS_MAX];
	uint32_t n, switches;
	bool weak;
};
static struct ordered ordered;

/* Takes the execution for the one that is told; `graph`: as much of it as shows the violation. */
static void take(struct findings *found, const struct finding *finding, const struct graph *graph)
{
	struct violation *violation = &found->violation[finding->property];
	struct schedule schedule = { 0 };

	if (replay_make(&schedule, graph, ordered.event, ordered.n) < 0) {
		schedule_fini(&schedule);
		machine_give_up(SAID_NO_MEMORY);
		return;
	}
	if (finding->prefix == NULL && add_waits(found, &schedule, graph) < 0)
		machine_give_up(SAID_NO_MEMORY);
	schedule.n_last = finding->n_last;
	memcpy(schedule.last, finding->last, sizeof finding->last);
	schedule_fini(&violation->schedule);
	describe(violation, finding);
	violation->schedule = schedule;
	violation->has_schedule = true;
	violation->weak = ordered.weak;
	violation->switches = ordered.switches;
	violation->n_events = ordered.n;
}

/* As much of the execution as shows it. */
static void part_of_graph(struct graph *graph, const struct finding *finding)
{
	graph_init(graph, &machine->model, machine->n_threads);
	graph_copy(graph, machine->graph);
	if (finding->prefix != NULL)
		graph_restrict(graph, 0, finding->prefix);
}

static bool takes_better(struct findings *found, const struct finding *finding, const struct graph *graph)
{
	if (!is_better(&found->violation[finding->property], finding->rank, ordered.weak, ordered.switches, ordered.n))
		return false;
	take(found, finding, graph);
	return true;
}

static void choose(struct findings *found, const struct finding *finding)
{
	struct violation *violation = &found->violation[finding->property];
	struct graph graph;

	if (violation_all_counted(violation) || ++violation->tries > TRIES_MAX)
		return;
	part_of_graph(&graph, finding);
	if (!is_known(found, finding->property, fingerprint(&graph))) {
		ordered.weak = !linear_order(&graph, limits_beside(violation, finding->rank), ordered.event, &ordered.n,
					     &ordered.switches);
		takes_better(found, finding, &graph);
	}
	graph_fini(&graph);
}

bool violation_shorter(struct findings *found, const struct finding *finding, bool as_made)
{
	struct graph graph;
	bool taken;

	linear_made(machine->graph, finding->prefix, ordered.event, &ordered.n, &ordered.switches);
	ordered.weak = false;
	if (as_made &&
	    !is_better(&found->violation[finding->property], finding->rank, ordered.weak, ordered.switches, ordered.n))
		return false;
	part_of_graph(&graph, finding);
	if (!as_made)
		ordered.weak = !linear_order(&graph, LINEAR_UNLIMITED, ordered.event, &ordered.n, &ordered.switches);
	taken = takes_better(found, finding, &graph);
	graph_fini(&graph);
	return taken;
}

/* Of setup(): there is no execution yet. */
static void note_bare(struct findings *found, const struct finding *finding)
{
	if (!found->violation[finding->property].found)
		describe(&found->violation[finding->property], finding);
}

static void note(void *context, const struct finding *finding)
{
	struct findings *found = context;

	if (machine->graph == NULL)
		note_bare(found, finding);
	else if (machine->tracing)
		show(found, finding);
	else
		choose(found, finding);
}

const struct findings_sink findings_noted = { .note = note };

/* Some executions decide about it, and not all of them together. */
static bool is_of_executions(uint32_t p)
{
	return (machine->request->properties & 1u << p) != 0 && p != PROPERTY_BOUNDED_WAITING &&
	       p != PROPERTY_BUSY_WAITING && p != PROPERTY_PARALLELISM;
}

uint32_t violation_properties(const struct findings *found)
{
	uint32_t n = 0;

	for (uint32_t p = 0; p < PROPERTY_COUNT; p++)
		n += is_of_executions(p) && found->violation[p].found;
	return n;
}

bool violation_enough(const struct findings *found)
{
	bool any = false;

	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		if (!is_of_executions(p))
			continue;
		any = true;
		if (!violation_all_counted(&found->violation[p]))
			return false;
	}
	return any;
}

void violations_free(struct violation *violation, unsigned n)
{
	for (unsigned p = 0; p < n; p++) {
		schedule_fini(&violation[p].schedule);
		memset(&violation[p], 0, sizeof violation[p]);
	}
}

void violation_clear(struct findings *found)
{
	violations_free(found->violation, PROPERTY_COUNT);
	violations_free(found->shown, PROPERTY_COUNT);
	free(found->trace.mark);
	found->trace.mark = NULL;
	found->trace.n = found->trace.capacity = 0;
}
