#include "violation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"
#include "library_state.h"
#include "linear.h"
#include "names.h"
#include "process.h"
#include "search.h"

#define CHOOSE_AMONG 300u /* violating executions of which the one with the fewest changes of thread is told */
#define TRACE_MAX 4096u

/* ---- noting ---- */

/* Shortens each thread to what is before `prefix`. */
static void truncate_graph(struct graph *graph, const union clock *prefix)
{
	graph_restrict(graph, 0, prefix);
}

static void say(struct violation *violation, const char *message)
{
	snprintf(violation->message, sizeof violation->message, "%s", message);
	if (ex.processes)
		process_words(violation->message, sizeof violation->message);
}

static void note_one(uint32_t property, uint32_t thread, const union clock *prefix, const uint32_t *marks,
		     const char *message, const struct race_place *places, unsigned n_places)
{
	struct violation *violation = &ex.violation[property];
	static ref order[THREADS_MAX * EVENTS_MAX];
	struct graph graph;
	uint32_t n, switches;

	if (ex.tracing || ++violation->count > CHOOSE_AMONG || ex.graph == NULL)
		return;
	graph_init(&graph, ex.n_threads);
	graph_copy(&graph, ex.graph);
	if (prefix != NULL)
		truncate_graph(&graph, prefix);
	bool weak = !linear_order(&graph, order, &n, &switches);
	bool better = !violation->found;
	if (violation->found && violation->rank != ex.rank)
		better = violation->rank > ex.rank;
	else if (violation->found && violation->weak != weak)
		better = violation->weak;
	else if (violation->found && violation->switches != switches)
		better = switches < violation->switches;
	else if (violation->found)
		better = n < violation->n_events;
	if (!better) {
		graph_fini(&graph);
		return;
	}
	if (violation->found)
		graph_fini(&violation->graph);
	violation->found = true;
	violation->rank = ex.rank;
	violation->graph = graph;
	violation->weak = weak;
	violation->switches = switches;
	violation->n_events = n;
	violation->at_thread = thread < ex.n_threads ? (int32_t)thread : -1;
	violation->code = ex.code;
	violation->n_places = n_places;
	if (n_places > 0)
		memcpy(violation->place, places, n_places * sizeof *places);
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		violation->marks[t] = marks == NULL ? UINT32_MAX : marks[t];
	violation->blame = ex.blame;
	violation->shapes = ex.shapes;
	say(violation, message);
}

/* Whatever goes wrong between processes is held against sharing; races are judged by themselves. */
static bool concerns_sharing(uint32_t property)
{
	return ex.processes && property != PROPERTY_PROCESS_SHARED && property != PROPERTY_DATA_RACE;
}

static void note(uint32_t property, uint32_t thread, const union clock *prefix, const uint32_t *marks,
		 const char *message, const struct race_place *places, unsigned n_places)
{
	note_one(property, thread, prefix, marks, message, places, n_places);
	if (concerns_sharing(property))
		note_one(PROPERTY_PROCESS_SHARED, thread, prefix, marks, message, places, n_places);
}

/* A violation of which no execution can be shown. */
static void note_bare(uint32_t property, const char *message)
{
	if (ex.violation[property].found)
		return;
	ex.violation[property].found = true;
	ex.violation[property].at_thread = -1;
	ex.violation[property].code = ex.code;
	say(&ex.violation[property], message);
}

void search_violation_within(uint32_t property, uint32_t thread, const union clock *prefix, const uint32_t *marks,
			     const char *message)
{
	note(property, thread, prefix, marks, message, NULL, 0);
}

void search_violation(uint32_t property, uint32_t thread, const char *message)
{
	if (property >= PROPERTY_COUNT) {
		/* The plugin refuses, or ends the process: nothing else can be judged. */
		snprintf(ex.crash, sizeof ex.crash, "%s", message);
		ex.end = END_STOP;
		return;
	}
	if (ex.solo || thread >= ex.n_threads) {
		note(property, thread, NULL, NULL, message, NULL, 0);
		if (ex.graph == NULL)
			note_bare(property, message);
		if (ex.graph == NULL && concerns_sharing(property))
			note_bare(PROPERTY_PROCESS_SHARED, message);
		return;
	}
	uint32_t marks[THREADS_MAX];
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		marks[t] = t == thread ? ex.thread[t].marks : UINT32_MAX;
	note(property, thread, &ex.thread[thread].porf, marks, message, NULL, 0);
}

void search_race(const struct race_place *one, const struct race_place *other)
{
	union clock prefix = ex.thread[one->thread].porf;
	char message[WIRE_TEXT_MAX];

	clock_join(&prefix, &ex.thread[other->thread].porf);
	snprintf(message, sizeof message, "thread %u %s what thread %u %s, and nothing orders the two", one->thread,
		 one->write ? "writes" : "reads", other->thread, other->write ? "writes" : "reads");
	note(PROPERTY_DATA_RACE, one->thread, &prefix, NULL, message, (struct race_place[]){ *one, *other }, 2);
}

bool violation_enough(void)
{
	bool any = false;

	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		if ((ex.request->properties & 1u << p) == 0 || p == PROPERTY_BOUNDED_WAITING ||
		    p == PROPERTY_BUSY_WAITING || p == PROPERTY_PARALLELISM)
			continue;
		any = true;
		if (ex.violation[p].count < CHOOSE_AMONG)
			return false;
	}
	return any;
}

void violation_clear(void)
{
	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		if (ex.violation[p].found)
			graph_fini(&ex.violation[p].graph);
		memset(&ex.violation[p], 0, sizeof ex.violation[p]);
	}
}

/* ---- threads that wait for ever ---- */

static bool reads_newest(const struct event *event)
{
	return graph_mo(ex.graph, event->from) + 1 == (int32_t)ex.graph->location[event->location].writes.n;
}

static bool stuck_for_good(const struct run_thread *thread)
{
	const struct graph_thread *events = &ex.graph->thread[thread - ex.thread];

	/* Its time will be over, which this execution does not show. */
	if (thread->reason == BLOCK_LIBRARY && library_state.thread[thread - ex.thread].timed)
		return false;
	if (thread->reason == BLOCK_LIBRARY)
		return reads_newest(&events->event[events->n - 1]);
	if (thread->reason != BLOCK_SPIN || thread->spin_leaves)
		return false;
	for (uint32_t i = thread->spin_begin; i < thread->spin_end; i++) {
		if ((events->event[i].flags & (EVENT_READS | EVENT_COUNTS)) == EVENT_READS &&
		    !reads_newest(&events->event[i]))
			return false;
	}
	return true;
}

static const struct event *waits_at(const struct run_thread *thread)
{
	const struct graph_thread *events = &ex.graph->thread[thread - ex.thread];

	return thread->status == THREAD_BLOCKED && events->n > 0 ? &events->event[events->n - 1] : NULL;
}

static bool sleeps(const struct run_thread *thread)
{
	const struct event *event = waits_at(thread);

	return event != NULL && thread->reason == BLOCK_LIBRARY && event->rule.rule == RULE_AWAIT_CLEAR;
}

static int gate_of(const struct run_thread *thread)
{
	const struct event *event = waits_at(thread);

	if (event == NULL || (event->flags & EVENT_LIBRARY) == 0)
		return -1;
	uint64_t address = location_at(event->location)->address;
	return KEY_OF(address) == KEY_GATE ? (int)((KEY_ADDRESS(address) - 4096) / 16) : -1;
}

static size_t describe_wait(const struct run_thread *thread, char *out, size_t size)
{
	uint32_t t = (uint32_t)(thread - ex.thread);
	char in[32] = "";
	int length;

	if (thread->operation != TRIAL_OPERATION_NONE)
		snprintf(in, sizeof in, " in %s()", operation_name(thread->operation));

	if (sleeps(thread))
		length = snprintf(out, size, "thread %u sleeps%s (%s)", t, in, thread->library_call);
	else if (thread->reason == BLOCK_LIBRARY && thread->library_call != NULL)
		length = snprintf(out, size, "thread %u waits%s (%s)", t, in, thread->library_call);
	else
		length = snprintf(out, size, "thread %u waits%s", t, in);
	return length < 0 || (size_t)length >= size ? size - 1 : (size_t)length;
}

/* All that is left waits, and for what has the newest value: nothing will change. */
static void report_stuck(void)
{
	char message[WIRE_TEXT_MAX] = "";
	size_t used = 0;
	uint32_t waiting = 0, sleeping = 0;

	for (uint32_t t = 0; t < ex.n_threads; t++) {
		const struct run_thread *thread = &ex.thread[t];
		if (thread->status != THREAD_BLOCKED)
			continue;
		int gate = gate_of(thread);
		if (gate >= 0 && gate < (int)TRIAL_GATES_MAX) {
			search_violation(ex.gate[gate].property, ex.n_threads, ex.gate[gate].stuck);
			continue;
		}
		if (used > 0 && used + 2 < sizeof message)
			used += (size_t)snprintf(message + used, sizeof message - used, ", ");
		used += describe_wait(thread, message + used, sizeof message - used);
		waiting++;
		sleeping += sleeps(thread) ? 1 : 0;
	}
	if (waiting == 0)
		return;
	char whole[WIRE_TEXT_MAX + 64];
	if (sleeping > 0) {
		snprintf(whole, sizeof whole, "lost wake-up: %s, and no one is left to wake it", message);
	} else {
		snprintf(whole, sizeof whole, "deadlock: %s, for what no one will do", message);
	}
	search_violation(PROPERTY_PROGRESS, ex.n_threads, whole);
	/* Where progress is not judged by itself, it is whether each wait comes back. */
	if (sleeping > 0 || (ex.request->properties & 1u << PROPERTY_PROGRESS) == 0)
		search_violation(PROPERTY_LOST_WAKEUP, ex.n_threads, whole);
}

void violation_check_stuck(void)
{
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		if (ex.thread[t].status == THREAD_BLOCKED && !stuck_for_good(&ex.thread[t]))
			return;
	}
	report_stuck();
}

/* ---- telling: the execution once more, with all that the threads do ---- */

static struct {
	struct {
		uint32_t thread, at; /* made after so many events of its thread */
		uint32_t event, what, ordinal;
		uint64_t site;
		const char *name;
	} mark[TRACE_MAX];
	uint32_t n;
} trace;

void violation_trace_mark(const struct run_thread *thread, uint32_t event, uint32_t what)
{
	if (trace.n == TRACE_MAX || thread >= &ex.thread[ex.n_threads])
		return;
	trace.mark[trace.n].thread = (uint32_t)(thread - ex.thread);
	trace.mark[trace.n].at = thread->consumed;
	trace.mark[trace.n].event = event;
	trace.mark[trace.n].what = what;
	trace.mark[trace.n].ordinal = event == MARK_LIBRARY ? 0 : thread->marks;
	trace.mark[trace.n].site = event == MARK_LIBRARY ? thread->library_site : 0;
	trace.mark[trace.n++].name = event == MARK_LIBRARY ? thread->library_call : NULL;
}

struct telling {
	const struct violation *violation;
	const struct graph *graph;
	struct explore_step *steps;
	uint32_t n, most;
	uint32_t told[THREADS_MAX]; /* events */
	int32_t told_mo[4096];      /* per location: newest position told */
};

static struct explore_step *add_step(struct telling *telling, uint32_t thread, enum explore_step_kind kind)
{
	static struct explore_step nowhere;
	struct explore_step *step = telling->n < telling->most ? &telling->steps[telling->n++] : &nowhere;

	*step = (struct explore_step){ .thread = thread, .kind = (uint16_t)kind, .order = -1, .repeat = 1 };
	return step;
}

static void tell_mark(struct telling *telling, uint32_t i)
{
	static const uint16_t kinds[] = { STEP_REQUEST, STEP_ENTER, STEP_ENTER_SHARED,
					  STEP_LEAVE,   STEP_CALL,  STEP_RETURN };
	uint32_t t = trace.mark[i].thread;

	if (trace.mark[i].ordinal > telling->violation->marks[t])
		return;
	if (trace.mark[i].event == MARK_LIBRARY) {
		struct explore_step *step = add_step(telling, t, STEP_LIBRARY);
		machine_site(trace.mark[i].site, &step->place);
		snprintf(step->note, sizeof step->note, "%s", trace.mark[i].name);
		return;
	}
	struct explore_step *step = add_step(telling, t, kinds[trace.mark[i].event]);
	step->value = trace.mark[i].what;
	step->flags = STEP_HAS_VALUE;
}

/* Marks of thread t made after `at` events: those that end something come with the event before, the rest with the
 * next. */
static void tell_marks(struct telling *telling, uint32_t t, uint32_t at, bool endings)
{
	bool ended = true;

	for (uint32_t i = 0; i < trace.n; i++) {
		if (trace.mark[i].thread != t || trace.mark[i].at != at)
			continue;
		uint32_t event = trace.mark[i].event;
		bool ending = event == TRIAL_RETURN || event == TRIAL_ENTER || event == TRIAL_ENTER_SHARED;
		ended = ended && ending && at > 0;
		if (ended == endings)
			tell_mark(telling, i);
	}
}

static enum explore_step_kind kind_of(const struct event *event)
{
	bool writes = (event->flags & EVENT_WRITES) != 0;

	if ((event->flags & EVENT_FENCE) != 0)
		return STEP_FENCE;
	if ((event->flags & EVENT_PLAIN) != 0)
		return writes ? STEP_PLAIN_WRITE : STEP_PLAIN_READ;
	switch ((enum rule)event->rule.rule) {
	case RULE_LOAD:
		return STEP_LOAD;
	case RULE_STORE:
		return STEP_STORE;
	case RULE_EXCHANGE:
		return STEP_EXCHANGE;
	case RULE_COMPARE:
		return writes ? STEP_COMPARE : STEP_COMPARE_FAILED;
	default:
		return STEP_FETCH;
	}
}

static void tell_event(struct telling *telling, ref r)
{
	const struct event *event = graph_event(telling->graph, r);
	struct explore_step *step;

	if ((event->flags & (EVENT_LIBRARY | EVENT_CHOICE)) != 0)
		return; /* the call of the library has been told */
	step = add_step(telling, REF_THREAD(r), kind_of(event));
	step->order = (event->flags & EVENT_PLAIN) != 0 ? -1 : event->rule.order;
	machine_site(event->pc, &step->place);
	if ((event->flags & EVENT_FENCE) != 0)
		return;
	step->size = event->rule.part != 0 ? event->rule.part : event->rule.size;
	machine_place(location_at(event->location)->address + event->rule.shift / 8, &step->address);
	if ((event->flags & EVENT_READS) != 0) {
		step->value = rule_value(&event->rule, event->read_value);
		step->flags |= STEP_HAS_VALUE;
	}
	if ((event->flags & EVENT_WRITES) != 0) {
		step->stored = rule_value(&event->rule, event->write_value);
		step->flags |= STEP_HAS_STORED;
	}
	const struct refs *writes = &telling->graph->location[event->location].writes;
	int32_t newest = telling->told_mo[event->location];
	if ((event->flags & EVENT_READS) != 0 && graph_mo(telling->graph, event->from) < newest) {
		const struct event *w = graph_event(telling->graph, writes->ref[newest]);
		if (rule_value(&event->rule, w->write_value) != step->value) {
			step->flags |= STEP_STALE;
			step->newest = rule_value(&event->rule, w->write_value);
			step->newest_thread = REF_THREAD(writes->ref[newest]);
		}
	}
	if ((event->flags & EVENT_WRITES) != 0 && event->mo > newest)
		telling->told_mo[event->location] = event->mo;
}

static void tell_races(struct telling *telling)
{
	for (unsigned i = telling->violation->n_places; i-- > 0;) {
		const struct race_place *place = &telling->violation->place[i];
		struct explore_step *step;
		if (place->atomic)
			continue; /* is among the events */
		step = add_step(telling, place->thread, place->write ? STEP_PLAIN_WRITE : STEP_PLAIN_READ);
		step->size = (uint16_t)place->size;
		step->flags = STEP_CULPRIT;
		machine_site(place->pc, &step->place);
		machine_place(place->address, &step->address);
	}
}

static void tell_ends(struct telling *telling)
{
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		const struct run_thread *thread = &ex.thread[t];
		if (thread->status == THREAD_DONE) {
			add_step(telling, t, STEP_FINISHED);
		} else if (thread->status == THREAD_BLOCKED) {
			struct explore_step *step = add_step(telling, t, STEP_WAITS);
			step->flags = STEP_CULPRIT;
			if (thread->reason == BLOCK_LIBRARY && thread->library_call != NULL) {
				snprintf(step->note, sizeof step->note, "%s", thread->library_call);
				machine_site(thread->library_site, &step->place);
			} else if (thread->reason != BLOCK_LIBRARY) {
				machine_site(telling->graph->thread[t].event[thread->spin_begin].pc, &step->place);
			}
		} else if (thread->status == THREAD_ASKING) {
			/* It waited in a loop; the story ends before they would look once more. */
			struct explore_step *step = add_step(telling, t, STEP_WAITS);
			step->flags = STEP_CULPRIT;
			machine_place(thread->action.pc, &step->place);
		}
	}
}

/* What was chosen, for a replay: runs of steps by thread (a letter, how many), and before a step that takes another
 * than its first alternative, which ("-2"). */
static void write_schedule(const struct graph *graph, const ref *order, uint32_t n, char *out, size_t size)
{
	static int32_t seen[4096];
	size_t used = 0;
	uint32_t run = 0, thread = UINT32_MAX;

	memset(seen, 0xff, sizeof seen);
	snprintf(out, size, ".");
	for (uint32_t i = 0; i <= n && used + 24 < size; i++) {
		uint32_t t = i < n ? REF_THREAD(order[i]) : UINT32_MAX, alternative = 0;
		if (i < n) {
			const struct event *event = graph_event(graph, order[i]);
			if ((event->flags & EVENT_CHOICE) != 0) {
				alternative = (uint32_t)event->read_value;
			} else if ((event->flags & EVENT_READS) != 0) {
				/* counted among the writes told so far */
				for (uint32_t k = 0; k < i; k++) {
					const struct event *w = graph_event(graph, order[k]);
					alternative += (w->flags & EVENT_WRITES) != 0 &&
						       w->location == event->location &&
						       w->mo > graph_mo(graph, event->from);
				}
			} else if ((event->flags & EVENT_WRITES) != 0) {
				for (uint32_t k = 0; k < i; k++) {
					const struct event *w = graph_event(graph, order[k]);
					alternative += (w->flags & EVENT_WRITES) != 0 &&
						       w->location == event->location && w->mo > event->mo;
				}
			}
		}
		if ((t != thread || alternative != 0) && run > 0) {
			used += (size_t)snprintf(out + used, size - used, "%c%u", (char)('a' + thread), run);
			run = 0;
		}
		if (alternative != 0)
			used += (size_t)snprintf(out + used, size - used, "-%u", alternative);
		thread = t;
		run++;
	}
}

uint32_t violation_tell(struct violation *violation, struct explore_step *steps, uint32_t most, char *schedule,
			size_t schedule_size)
{
	static ref order[THREADS_MAX * EVENTS_MAX];
	static struct telling telling;
	uint32_t n, switches;

	snprintf(schedule, schedule_size, ".");
	if (violation->graph.n_threads == 0)
		return 0;
	struct shapes_version kept = ex.shapes;
	ex.shapes = violation->shapes;
	search_clear();
	graph_copy(ex.graph, &violation->graph);
	linear_order(ex.graph, order, &n, &switches);
	write_schedule(ex.graph, order, n, schedule, schedule_size);
	trace.n = 0;
	ex.tracing = true;
	search_execute();
	ex.tracing = false;
	memset(&telling, 0, sizeof telling);
	memset(telling.told_mo, 0xff, sizeof telling.told_mo);
	telling.violation = violation;
	telling.graph = ex.graph;
	telling.steps = steps;
	telling.most = most;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t t = REF_THREAD(order[i]);
		tell_marks(&telling, t, telling.told[t], false);
		tell_event(&telling, order[i]);
		telling.told[t]++;
		tell_marks(&telling, t, telling.told[t], true);
	}
	for (uint32_t t = 0; t < ex.n_threads; t++) {
		/* What the thread does after its last step: only where the violation itself is there. */
		if (violation->marks[t] != UINT32_MAX)
			tell_marks(&telling, t, telling.told[t], false);
	}
	tell_races(&telling);
	if (violation->n_places == 0 && violation->at_thread < 0)
		tell_ends(&telling);
	else if (violation->n_places == 0 && telling.n > 0)
		telling.steps[telling.n - 1].flags |= STEP_CULPRIT;
	ex.shapes = kept;
	return telling.n;
}
