/* What comes back under the explore engine, for one TRIAL frame:
 *
 *   for each property of request.properties, and each other that is violated:
 *                                             EXPLORE_PROPERTY, then its counterexample, if it has one, as
 *                                             EXPLORE_STEPS frames until `n_steps` steps have come
 *   the same for PROPERTY_PROGRESS, unasked, where threads wait for ever
 *   TRIAL_DONE, DONE
 *
 * All of it is a claim, like every frame. */
#ifndef WIRE_EXPLORE_H
#define WIRE_EXPLORE_H

#include "wire.h"

enum frame_explore_type { FRAME_EXPLORE_PROPERTY = FRAME_EXPLORE_FIRST, FRAME_EXPLORE_STEPS };

enum explore_outcome {
	EXPLORE_PASS,
	EXPLORE_FAIL,
	EXPLORE_INCONCLUSIVE,
	EXPLORE_MISFIT /* request.schedule does not fit this plugin: `message` tells why */
};

/* What explains a violation, most where threads are processes. */
enum explore_blame {
	BLAME_NONE,
	BLAME_VARIABLE, /* state that the plugin keeps in a variable outside of the object: each process has a copy */
	BLAME_HEAP,     /* the same, in what init() took from the heap */
	BLAME_FUTEX,    /* a futex that is private to a process */
	BLAME_OBJECT,   /* an object of the library that is not initialized to be shared between processes */
	BLAME_FREED     /* a block of the heap that was freed there; also where threads are no processes */
};

/* What the explorer says of one property. */
struct frame_explore_property {
	struct frame_header header;
	uint32_t property;   /* enum workload_property */
	uint32_t outcome;    /* enum explore_outcome */
	uint64_t executions; /* complete ones */
	uint64_t blocked;    /* those in which some thread waits for what does not come, or that showed nothing new */
	uint32_t complete;   /* 1: there is no other execution within the bounds */
	int32_t max_bypass;  /* -1: not measured */
	uint32_t threads;    /* bounds */
	uint32_t coverage;   /* enum coverage_kind: what was looked at for this property */
	uint64_t rounds;
	uint64_t looked_at; /* executions, or states, that the coverage is made of */
	uint64_t cut;       /* more that were cut short by a violation of something else */
	uint32_t switches;  /* COVERAGE_SWITCHES: all with up to so many deviations */
	uint32_t waited;    /* 1: some call of the plugin waits for another thread, in some execution */
	/* the counterexample; n_steps 0: none */
	uint32_t n_steps;
	uint32_t context_switches;
	uint32_t only_weak;                  /* 1: impossible were memory sequentially consistent */
	uint32_t memory_model;               /* enum wire_memory_model */
	uint32_t cycle_begin, cycle_end;     /* steps [begin, end) can repeat for ever; equal: no cycle */
	struct wire_place code;              /* where it crashes or loops; MODULE_NONE: nowhere in particular */
	uint32_t blame;                      /* enum explore_blame */
	uint32_t surprises;                  /* enum surprises_seen */
	uint32_t bounds;                     /* that were not looked beyond (bound_names.h), as bits */
	uint32_t length;                     /* of those executions, in events, on average; 0: not known */
	struct wire_place blamed, blamed_at; /* what, and the code that uses it; of no BLAME_NONE only */
	char message[WIRE_TEXT_MAX];         /* one plain sentence */
	char schedule[SCHEDULE_TEXT_MAX];    /* request.schedule replays it; as much as there is */
};

/* What a step does. */
enum explore_step_kind {
	STEP_LOAD,
	STEP_STORE,
	STEP_EXCHANGE,       /* value: what it found; stored: what it left */
	STEP_FETCH,          /* fetch_add and the like */
	STEP_COMPARE,        /* compare-exchange that succeeded */
	STEP_COMPARE_FAILED, /* one that did not */
	STEP_FENCE,
	STEP_PLAIN_READ,
	STEP_PLAIN_WRITE,
	STEP_LIBRARY,      /* a call of the library: `note` tells which, and what comes of it */
	STEP_CALL,         /* value: enum trial_operation; stored: what it is asked for, where `object` is said */
	STEP_RETURN,       /* value: enum trial_operation; stored: what it gives back, where `object` is said */
	STEP_REQUEST,      /* value: section */
	STEP_ENTER,        /* value: section */
	STEP_ENTER_SHARED, /* value: section */
	STEP_LEAVE,        /* value: section */
	STEP_FINISHED,     /* the thread's work is done */
	STEP_WAITS,        /* it waits, and what it waits for does not come: `note` tells what */
	STEP_LEFT_OUT,     /* value: so many steps of all threads that are not told */
	STEP_HAPPENS       /* inside of the library: `note` tells what */
};

enum explore_step_flags {
	STEP_HAS_VALUE = 1u << 0,
	STEP_HAS_STORED = 1u << 1,
	STEP_STALE = 1u << 2,   /* `newest`, by newest_thread, was there to be read */
	STEP_CULPRIT = 1u << 3, /* the violation shows here */
	STEP_HELD = 1u << 4,    /* STEP_WAITS: for what newest_thread holds */
	STEP_CONTEXT =
	    1u << 5 /* no step of the schedule: a plain access that is told for its value, or what freed a block */
};

struct explore_step {
	uint32_t thread;
	uint16_t kind;   /* enum explore_step_kind */
	uint16_t flags;  /* enum explore_step_flags */
	int16_t order;   /* memory order, as __ATOMIC_…; -1: not atomic */
	uint16_t size;   /* bytes accessed; 0: none */
	uint32_t repeat; /* so many rounds of a loop that waits; 1: just itself */
	uint64_t value, stored, newest;
	uint32_t newest_thread;    /* `threads`: the first thread, before all others */
	uint32_t object;           /* STEP_CALL, STEP_RETURN: 1 + which of the plugin's objects; 0: not said */
	struct wire_place place;   /* the call site */
	struct wire_place address; /* what is accessed */
	/* What value, stored and newest would point to, were they pointers; MODULE_NONE: nothing that has a name. */
	struct wire_place value_at, stored_at, newest_at;
	char note[64];
};

#define EXPLORE_STEPS_MAX 100u /* in a frame */

struct frame_explore_steps {
	struct frame_header header;
	uint32_t property;
	uint32_t first; /* index of step[0] among all */
	uint32_t n;
	uint32_t reserved;
	struct explore_step step[EXPLORE_STEPS_MAX];
};

_Static_assert(sizeof(struct frame_explore_property) <= WIRE_FRAME_MAX, "a frame has room");
_Static_assert(sizeof(struct frame_explore_steps) <= WIRE_FRAME_MAX, "a frame has room");

#endif
