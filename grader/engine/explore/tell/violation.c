#include "violation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "linear.h"
#include "process.h"
#include "replay.h"
#include "search.h"

#define TRIES_MAX 3000u   /* of all that show it, also in the same way */
#define CHOOSE_AMONG 300u /* violating executions of which the one with the fewest changes of thread is told */

/* ---- noting ---- */

/* What is said of a violation, but for the execution that shows it. */
struct finding {
	uint32_t property, thread;
	const uint32_t *marks; /* NULL: show all */
	const char *message;
	const struct race_place *places;
	unsigned n_places;
	/* What of the execution shows it: this much, and then these threads go on. NULL: all of it. */
	const union clock *prefix;
	uint32_t n_last;
	uint8_t last[THREADS_MAX];
};

static void say(struct violation *violation, const char *message)
{
	snprintf(violation->message, sizeof violation->message, "%s", message);
	if (ex.processes)
		process_words(violation->message, sizeof violation->message);
}

static void describe(struct violation *violation, const struct finding *finding)
{
	violation->found = true;
	violation->rank = ex.rank;
	violation->at_thread = finding->thread < ex.n_threads ? (int32_t)finding->thread : -1;
	violation->code = ex.code;
	violation->n_places = finding->n_places;
	if (finding->n_places > 0)
		memcpy(violation->place, finding->places, finding->n_places * sizeof *finding->places);
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		violation->marks[t] = finding->marks == NULL ? UINT32_MAX : finding->marks[t];
	violation->blame = ex.blame;
	say(violation, finding->message);
}

/* While a schedule is run again: what it shows of each property, the first of the lowest rank. */
static void show(const struct finding *finding)
{
	struct violation *shown = &ex.shown[finding->property];

	if (!shown->found || shown->rank > ex.rank)
		describe(shown, finding);
}

static bool is_better(const struct violation *known, bool weak, uint32_t switches, uint32_t n)
{
	if (!known->found || !known->has_schedule)
		return true;
	if (known->rank != ex.rank)
		return known->rank > ex.rank;
	if (known->weak != weak)
		return known->weak;
	return known->switches != switches ? switches < known->switches : n < known->n_events;
}

/* Those who wait in a loop, where the graph does not say so itself. */
static int add_waits(struct schedule *schedule, const struct graph *graph)
{
	int r = 0;

	for (uint32_t t = 0; t < ex.n_threads && r == 0; t++) {
		const struct run_thread *thread = &ex.thread[t];
		uint32_t n = graph->thread[t].n;
		if (thread->status != THREAD_BLOCKED || thread->reason != BLOCK_SPIN ||
		    (n > 0 && (graph->thread[t].event[n - 1].flags & EVENT_RUNOUT) != 0))
			continue;
		r = replay_add_wait(schedule, t, thread->spin_end - thread->spin_begin);
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

static bool is_known(uint32_t property, uint64_t print)
{
	static uint64_t known[PROPERTY_COUNT][CHOOSE_AMONG];
	struct violation *violation = &ex.violation[property];

	for (uint64_t i = 0; i < violation->count; i++) {
		if (known[property][i] == print)
			return true;
	}
	known[property][violation->count++] = print;
	return false;
}

static void choose(const struct finding *finding)
{
	struct violation *violation = &ex.violation[finding->property];
	static ref order[THREADS_MAX * EVENTS_MAX];
	struct graph graph;
	struct schedule schedule = { 0 };
	uint32_t n, switches;

	if (violation->count >= CHOOSE_AMONG || ++violation->tries > TRIES_MAX)
		return;
	graph_init(&graph, ex.n_threads);
	graph_copy(&graph, ex.graph);
	if (finding->prefix != NULL)
		graph_restrict(&graph, 0, finding->prefix);
	if (is_known(finding->property, fingerprint(&graph))) {
		graph_fini(&graph);
		return;
	}
	bool weak = !linear_order(&graph, order, &n, &switches);
	if (!is_better(violation, weak, switches, n)) {
		graph_fini(&graph);
		return;
	}
	if (replay_make(&schedule, &graph, order, n) < 0) {
		schedule_fini(&schedule);
		graph_fini(&graph);
		machine_give_up("out of memory");
		return;
	}
	if (finding->prefix == NULL && add_waits(&schedule, &graph) < 0)
		machine_give_up("out of memory");
	schedule.n_last = finding->n_last;
	memcpy(schedule.last, finding->last, sizeof finding->last);
	schedule_fini(&violation->schedule);
	describe(violation, finding);
	violation->schedule = schedule;
	violation->has_schedule = true;
	violation->weak = weak;
	violation->switches = switches;
	violation->n_events = n;
	graph_fini(&graph);
}

/* Of setup(): there is no execution yet. */
static void note_bare(const struct finding *finding)
{
	if (!ex.violation[finding->property].found)
		describe(&ex.violation[finding->property], finding);
}

/* Whatever goes wrong between processes is held against sharing; races are judged by themselves. */
static bool concerns_sharing(uint32_t property)
{
	return ex.processes && property != PROPERTY_PROCESS_SHARED && property != PROPERTY_DATA_RACE;
}

static void note(struct finding finding)
{
	void (*where)(const struct finding *) = ex.graph == NULL ? note_bare : ex.tracing ? show : choose;

	where(&finding);
	if (concerns_sharing(finding.property)) {
		finding.property = PROPERTY_PROCESS_SHARED;
		where(&finding);
	}
}

static void add_last(struct finding *finding, uint32_t thread)
{
	for (uint32_t i = 0; i < finding->n_last; i++) {
		if (finding->last[i] == thread)
			return;
	}
	finding->last[finding->n_last++] = (uint8_t)thread;
}

void search_violation_within(uint32_t property, uint32_t thread, const union clock *prefix, const uint32_t *marks,
			     const char *message)
{
	struct finding finding = {
		.property = property, .thread = thread, .prefix = prefix, .marks = marks, .message = message
	};

	for (uint32_t t = 0; t < ex.n_threads; t++) {
		if (marks[t] != UINT32_MAX && t != thread)
			add_last(&finding, t);
	}
	add_last(&finding, thread);
	note(finding);
}

/* What is before the access. */
static void join_access(union clock *prefix, const struct race_place *place)
{
	if (place->epoch > 0)
		clock_join(prefix, &graph_event(ex.graph, REF(place->thread, place->epoch - 1))->porf);
}

void search_violation_of_two(uint32_t property, uint32_t thread, const struct race_place *other, const char *message)
{
	uint32_t marks[THREADS_MAX];
	union clock prefix;

	if (ex.solo || thread >= ex.n_threads || other->thread >= ex.n_threads || other->thread == thread) {
		search_violation(property, thread, message);
		return;
	}
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		marks[t] = UINT32_MAX;
	marks[thread] = ex.thread[thread].marks;
	if (!other->event)
		marks[other->thread] = other->marks;
	prefix = ex.thread[thread].porf;
	join_access(&prefix, other);
	search_violation_within(property, thread, &prefix, marks, message);
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
		note((struct finding){ .property = property, .thread = thread, .message = message });
		return;
	}
	uint32_t marks[THREADS_MAX];
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		marks[t] = t == thread ? ex.thread[t].marks : UINT32_MAX;
	search_violation_within(property, thread, &ex.thread[thread].porf, marks, message);
}

void search_race(const struct race_place *one, const struct race_place *other)
{
	union clock prefix = { .c = { 0 } };
	uint32_t marks[THREADS_MAX];
	char message[WIRE_TEXT_MAX];
	struct race_place places[] = { *one, *other };
	struct finding finding = { .property = PROPERTY_DATA_RACE,
				   .thread = one->thread,
				   .prefix = &prefix,
				   .marks = marks,
				   .message = message,
				   .places = places,
				   .n_places = 2 };

	join_access(&prefix, one);
	join_access(&prefix, other);
	for (uint32_t t = 0; t < THREADS_MAX; t++)
		marks[t] = UINT32_MAX;
	/* An event is among the steps; a plain access is made on the way to the next. */
	for (unsigned i = 2; i-- > 0;) {
		if (places[i].event)
			continue;
		marks[places[i].thread] = places[i].marks;
		add_last(&finding, places[i].thread);
	}
	snprintf(message, sizeof message, "thread %u %s what thread %u %s, and nothing orders the two", one->thread,
		 one->write ? "writes" : "reads", other->thread, other->write ? "writes" : "reads");
	note(finding);
}

bool violation_enough(void)
{
	bool any = false;

	for (uint32_t p = 0; p < PROPERTY_COUNT; p++) {
		if ((ex.request->properties & 1u << p) == 0 || p == PROPERTY_BOUNDED_WAITING ||
		    p == PROPERTY_BUSY_WAITING || p == PROPERTY_PARALLELISM)
			continue;
		any = true;
		if (ex.violation[p].count < CHOOSE_AMONG && ex.violation[p].tries < TRIES_MAX)
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

void violation_clear(void)
{
	violations_free(ex.violation, PROPERTY_COUNT);
	violations_free(ex.shown, PROPERTY_COUNT);
}
