/* What the parts of the explorer share. The explorer is one of a kind in its process, and runs on one thread: its state
 * is global. */
#ifndef INTERNAL_H
#define INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <syncgrade/workload.h>

#include "bounds.h"
#include "engine.h"
#include "fiber.h"
#include "graph.h"
#include "rule.h"
#include "schedule_text.h"
#include "scheduler.h"
#include "shadow.h"
#include "wire_explore.h"

/* ---- actions: what a thread asks to do to a location ----------------------------------------------------------------
 */

enum action_kind { ACTION_ACCESS, ACTION_FENCE, ACTION_CHOICE };

struct action {
	enum action_kind kind;
	uint32_t hook;
	uint64_t address;
	uint32_t choices;
	uint64_t pc;
	struct event_rule rule;
};

/* ---- locations ---- */

/* A location of the model, for as long as the exploration lasts. */
struct location {
	uint64_t address;
	uint32_t size;
	/* of the current execution: */
	uint32_t generation;
	int32_t memory_mo; /* position of the write whose value memory holds */
	uint64_t initial;
	uint8_t garbage; /* which bytes of `initial` nobody has written */
	uint64_t memory; /* the value that the model put there */
	uint64_t saved;  /* library: its value when the setup was over */
	uint64_t solo;   /* library: its value when the setup was over, or now in finish() */
	bool library, stack;
	uint32_t born, died; /* alive while so many words have been merged: [born, died) */
};

struct location *location_at(uint32_t index);
/* The location of these bytes; adds it. `mixed`: they overlap a location of another shape. */
uint32_t location_find(uint64_t address, uint32_t size, bool library, bool *mixed);
uint32_t location_lookup(uint64_t address, uint32_t size);
uint32_t locations_count(void);
void locations_clear(void);
/* Forgets all but the library's: other shapes are to be used than those that they were found by. */
void locations_forget(void);
/* These bytes overlap locations of another shape: from now on, they and what they overlap are one location. False:
 * there is no room to note that. */
bool locations_merge(uint64_t address, uint32_t size);
/* The location that an access of these bytes belongs to may be wider: sets *address and *size to it. */
static inline void locations_widen(uint64_t *address, uint32_t *size);

/* ---- shapes ---- */

/* What has been found out of the memory while the search went on, and made it begin again: places that race, whose
 * accesses are events from then on, and bytes that are accessed in several sizes. Only ever added to, and locations
 * keep their numbers: so what was found under an earlier version can be executed again by setting these counts back. */
#define PROMOTED_MAX 256u
#define MERGED_MAX 256u
struct shape {
	uint64_t address;
	uint32_t size;
};
struct shapes_version {
	uint32_t n_promoted, n_merged, n_loops;
};

/* A loop that counts (execution/loops.h). */
struct loop_step {
	uint64_t pc;
	uint32_t hook;
	uint8_t rule;
	bool changes; /* it writes a new value: counts */
};
struct loop {
	uint32_t n;
	bool waits;      /* one round is as good as many */
	bool endless;    /* it is not left by itself, as far as that was followed */
	bool takes_back; /* what it writes, it writes again in each round */
	struct loop_step step[LOOP_STEPS_MAX];
};
#define RUN_OUT 1000u /* the decision to leave, as an alternative in a schedule */

/* ---- the exploration ------------------------------------------------------------------------------------------------
 */

enum thread_status {
	THREAD_READY,    /* may be resumed, with `result` */
	THREAD_ASKING,   /* its request waits to be handled */
	THREAD_FRONTIER, /* its request is an event that the graph does not have yet */
	THREAD_WAITING,  /* replay: what it reads has not been written yet */
	THREAD_BLOCKED,  /* for good, in this execution */
	THREAD_DONE
};

/* Why a thread is blocked. */
enum block_reason { BLOCK_NONE, BLOCK_LIBRARY, BLOCK_SPIN, BLOCK_CYCLE, BLOCK_STOP };

/* Which states a thread's events began in, as a filter: a clear bit means none so. A loop that counts is never in a
 * state twice, and would else be compared with all of its past at each read. */
struct states_seen {
	uint32_t noted; /* events that are in it */
	uint64_t bits[32];
};

#define LAST_SEEN 32u
struct last_seen {
	uint64_t pc;
	uint32_t location, index;
};

struct run_thread {
	struct fiber *fiber;
	enum thread_status status;
	enum block_reason reason;
	uint64_t result;
	uint32_t consumed; /* events of its own, so far */
	uint32_t spin_begin, spin_end;
	bool spin_leaves; /* it is in a loop that is left by itself, some time */
	struct states_seen seen;
	uint32_t ran_out, ran_out_in; /* loops that have run out, in which call */
	uint32_t noted_long; /* the same, for many events (execution/waiting.c) */
	/* loops.c: events looked at; the period that it is in, and so many events as those one period before */
	uint32_t followed, period, alike;
	uint32_t plain_writes, plain_streak;
	uint32_t plain_run; /* plain accesses since the last event */
	uint64_t streak_state, streak_address;
	uint16_t operations; /* calls of the plugin, so far */
	uint32_t operation;  /* enum trial_operation that it is inside */
	uint32_t marks;
	uint32_t spurious; /* wake-ups of the library without a reason, so far */
	ref pending;       /* a plain access that is an event, and has not been made yet; REF_INITIAL: none */
	bool has_action, woken;
	bool ahead; /* it has run on to its next hook already, and writes that are events are still to be handed out */
	uint32_t seen_writes; /* where a strategy chooses: of the location that it waits for */
	struct action action; /* what it asks, worked out once */
	uint64_t library_site;
	const char *library_call; /* the library's function that it is inside; NULL: none */
	union clock hb, porf, acquire, fence;
	/* Not cleared from one execution to the next: hints. */
	struct last_seen last[LAST_SEEN];
};

#define VISITS_MAX 512u
struct visit {
	uint32_t thread, section, enter, leave; /* events of its thread before; leave: UINT32_MAX while inside */
	uint32_t mark;                          /* how many marks of its thread, this one included */
	bool shared;
	union clock porf, hb;
};

enum execution_end {
	END_NONE,
	END_PRUNED,  /* nothing new can come of it */
	END_DOOMED,  /* inconsistent: two read-modify-write operations read one write */
	END_FINDING, /* a violation after which the execution means nothing */
	END_RESTART, /* the locations' shapes have changed: begin the whole search again */
	END_STOP     /* the exploration cannot go on */
};

enum item_kind { ITEM_READ, ITEM_WRITE, ITEM_REVISIT, ITEM_CHOICE };

struct item {
	enum item_kind kind;
	uint32_t stamp;
	ref event;
	ref other;
	int32_t mo;
};

struct level {
	struct graph graph;
	struct item *items;
	uint32_t n, capacity;
};

/* What explains the execution's violation, where threads are processes. */
struct blame {
	enum explore_blame kind;
	uint64_t address, pc;
	unsigned weight; /* how much it explains */
};

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
	struct wire_place code;
	struct blame blame;
};

struct explorer {
	struct engine_job *job;
	const struct frame_run *request;
	struct trial trial;
	uint32_t n_threads; /* of the workload; the first thread's fiber is number n_threads */
	bool sc;            /* memory model */
	bool forward, solo, tracing, in_finish;
	bool processes; /* each thread is a process of its own */
	struct blame blame;
	bool stateful;    /* the search over states runs */
	bool cycles_seen; /* some loop wrote, and took it back */
	bool spurious_allowed;
	struct level *levels;
	uint32_t n_levels, levels_made;
	struct graph *graph; /* of the top level */
	struct run_thread thread[THREADS_MAX + 1];
	enum execution_end end;
	uint32_t generation;
	struct visit visit[VISITS_MAX];
	uint32_t n_visits;
	bool has_sections; /* the workload marks what shall not be entered together */
	uint32_t capacity[TRIAL_SECTIONS_MAX];
	uint32_t most_inside[TRIAL_SECTIONS_MAX];
	struct {
		uint32_t property;
		char stuck[240];
	} gate[TRIAL_GATES_MAX];
	void *object[TRIAL_OBJECTS_MAX];
	/* counts */
	uint32_t rank;                                      /* of the violation that is being noted */
	uint64_t executions, complete, blocked, cut, steps; /* cut: ended by a violation */
	uint64_t max_executions;
	uint64_t looked; /* consistency_work after the last execution */
	uint64_t stepped; /* steps after the last execution */
	uint64_t work;   /* of the graph search, about: the squares of the executions' lengths */
	uint32_t bounds; /* that have cut the search (bounds.h), as bits */
	bool exhausted;
	uint64_t halted;      /* of those blocked: ones in which all that are left wait */
	bool waited;          /* some call of the plugin has waited for another thread, or could have */
	uint64_t dropped;     /* executions that a strategy gave up for their length */
	uint32_t bounds_done; /* n: all executions with 0 … n - 1 deviations were looked at; 0: not known */
	char inconclusive[WIRE_TEXT_MAX];
	struct violation violation[PROPERTY_COUNT];
	struct violation shown[PROPERTY_COUNT]; /* by the schedule that is run again */
	char crash[WIRE_TEXT_MAX];
	struct wire_place code;        /* while a crash is reported: where it happened */
	struct wire_place crash_place; /* the code that `crash` or `inconclusive` is about */
	int init_error;                /* what init() returned, if not 0 */
	/* places that race: from then on taken as relaxed atomics */
	struct shape promoted[PROMOTED_MAX];
	struct shape merged[MERGED_MAX]; /* what is accessed in several sizes: later ones may contain earlier ones */
	struct loop loop[LOOPS_MAX];
	struct shapes_version shapes;
	void (*observe)(void *context, const void *data, size_t size);
	void *observe_context;
	const struct scheduler *scheduler; /* who decides */
	uint32_t execution_steps;          /* where one chooses step by step: events so far */
	char misfit[WIRE_TEXT_MAX];        /* why the schedule that was asked for does not fit */
};

extern struct explorer ex __attribute__((visibility("hidden")));

static inline void locations_widen(uint64_t *address, uint32_t *size)
{
	for (uint32_t i = ex.shapes.n_merged; i-- > 0;) {
		const struct shape *merged = &ex.merged[i];
		if (*address >= merged->address && *address + *size <= merged->address + merged->size) {
			*address = merged->address;
			*size = merged->size;
			return;
		}
	}
}

#define BYPASS_NOT_MEASURED (-1)

/* machine.c: one execution at a time */
int machine_create(void);
void machine_destroy(void);
/* Runs setup() in the first fiber, alone, and saves the state that each execution begins with. 0, or a negative errno
 * value; ex.inconclusive or a violation tells the plugin's failures. */
int machine_setup(void);
/* Puts that state back and starts all threads. */
void machine_start(void);
/* Runs finish() and verify() when all threads are done. */
void machine_finish(void);
/* Runs the thread until its next hook. */
void machine_resume(struct run_thread *thread);
/* Says that the exploration cannot judge; ends it. */
void machine_give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));
void machine_violation(uint32_t property, uint32_t thread, const char *message);
/* The same, of what two threads do that need not be ordered: `other` did its part there. */
void machine_violation_of_two(uint32_t property, uint32_t thread, const struct race_place *other, const char *message);
/* What the thread's pending request asks of memory; false: it is no action. */
bool machine_action(struct run_thread *thread, struct action *action);
void machine_solo(struct run_thread *thread);
/* Makes an access with no model in between. */
void machine_solo_access(struct run_thread *thread, const struct action *action);
/* Whether these bytes can be read; if not, the thread has crashed. */
bool machine_probe(struct run_thread *thread, uint64_t address, uint32_t size);
/* Which of these bytes nobody has written, as a mask; and that the plugin reads such. */
uint8_t machine_garbage(uint64_t address, uint32_t size);
void machine_fresh_read(struct run_thread *thread, uint64_t pc);
/* An address, or a key, as the wire has it. */
void machine_site(uint64_t return_address, struct wire_place *place);
void machine_place(uint64_t address, struct wire_place *place);
bool in_module(uint64_t pc);
uint64_t load_bytes(uint64_t address, uint32_t size);
void store_bytes(uint64_t address, uint32_t size, uint64_t value);

#endif
