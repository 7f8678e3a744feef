/* Where findings arrive (findings.h): whatever an execution shows, of whichever property, is noted here, with the
 * schedule of an execution that shows it. */
#ifndef VIOLATION_H
#define VIOLATION_H

#include "execution.h"
#include "schedule_text.h"

struct violation {
	bool found;
	uint32_t rank;         /* 0 is told rather than 1 */
	uint64_t count, tries; /* different ones; all */
	char message[WIRE_TEXT_MAX];
	struct schedule schedule; /* of an execution that shows it; no steps and no threads: of setup() */
	bool has_schedule;
	uint32_t marks[THREADS_MAX]; /* show no more of a thread's marks than these */
	uint32_t switches, n_events;
	bool weak; /* cannot be put in an order in which each read sees the newest write */
	unsigned n_places;
	struct race_place place[2];
	int32_t at_thread; /* where it shows; -1: nowhere in particular */
	uint64_t hook;     /* by schedule that is run again: during which hook it showed */
	uint32_t n_trace;  /* so many marks of the trace come before it */
	bool by_access;    /* it shows by the last of them, a plain access or what frees */
	struct wire_place code;
	struct blame blame;
};

#define CHOOSE_AMONG 300u /* violating executions of which the one with the fewest changes of thread is told */

/* For a mark: a plain access by the plugin; what frees a block of the heap. */
#define TOLD_ACCESS 200u
#define TOLD_FREE 201u

/* A mark that a thread has made, while a schedule is run; or what the graph has no event for. */
struct told_mark {
	uint32_t thread, at; /* made after so many events of its thread */
	uint32_t event, ordinal;
	uint64_t address;         /* TOLD_ACCESS, TOLD_FREE */
	unsigned matter;          /* TOLD_ACCESS: how much (trace.c) */
	bool told;                /* TOLD_ACCESS, TOLD_FREE: the story tells it */
	struct explore_step step; /* as it is told */
};

struct findings {
	struct execution *x;
	struct violation violation[PROPERTY_COUNT];
	struct violation shown[PROPERTY_COUNT];       /* by the schedule that is run again */
	uint64_t known[PROPERTY_COUNT][CHOOSE_AMONG]; /* fingerprints of those that were counted */
	struct {
		struct told_mark *mark;
		uint32_t n, capacity, n_accesses;
		uint32_t writing; /* 1 + the access that is a write and has not been made yet; 0: none */
		const struct schedule *schedule;
	} trace; /* of the schedule that is run again */
};

/* The sink, with struct findings as context. */
extern const struct findings_sink findings_noted __attribute__((visibility("hidden")));

/* As many as are compared have come. */
bool violation_all_counted(const struct violation *violation);
/* Takes the execution as it is now for the one that is told of the property, if it is better (returns true); it is not
 * counted. `as_made`: its reads see the newest write, and its events stay in the order in which they were made. Else
 * they are put in the best order, which takes long where there are many threads. */
bool violation_shorter(struct findings *found, const struct finding *finding, bool as_made);
/* Enough has been seen: each property that is wanted is violated, and often enough to choose among the executions. */
bool violation_enough(const struct findings *found);
/* How many of the properties that are wanted are violated; those that are judged by all executions together do not
 * count. */
uint32_t violation_properties(const struct findings *found);
void violation_clear(struct findings *found);
void violations_free(struct violation *violation, unsigned n);

#endif
