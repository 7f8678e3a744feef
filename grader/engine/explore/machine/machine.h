/* The machine: one execution's ground, and what hooks ask for. There is one in a process, for the plugin's and the
 * workload's code exist once; it is where hooks and signals, which come on a fiber's stack, find what they need. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <syncgrade/workload.h>

#include "bounds.h"
#include "calls.h"
#include "engine.h"
#include "fiber.h"
#include "findings.h"
#include "graph.h"
#include "location.h"
#include "rule.h"
#include "said.h"
#include "shadow.h"
#include "wire_explore.h"

_Static_assert(FIBERS_MAX == THREADS_MAX + 1, "one for each thread, and one for the first");

/* ---- actions: what a thread asks to do to a location ----------------------------------------------------------------
 */

enum action_kind { ACTION_ACCESS, ACTION_FENCE, ACTION_CHOICE };

struct action {
	enum action_kind kind;
	uint32_t hook;
	uint64_t address;
	uint32_t choices;
	enum surprise surprise; /* of choices */
	uint64_t pc;
	struct event_rule rule;
};

/* ---- threads --------------------------------------------------------------------------------------------------------
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
enum block_reason { BLOCK_NONE, BLOCK_LIBRARY, BLOCK_SPIN, BLOCK_CYCLE, BLOCK_SHORTCUT };

struct run_thread {
	struct fiber *fiber;
	enum thread_status status;
	enum block_reason reason;
	uint64_t result;
	uint32_t consumed; /* events of its own, so far */
	uint32_t plain_writes, plain_streak;
	uint32_t plain_run; /* plain accesses since the last event */
	uint64_t streak_state, streak_address;
	uint16_t operations; /* calls of the plugin, so far */
	uint32_t operation;  /* enum trial_operation that it is inside */
	uint32_t marks;
	ref pending; /* a plain access that is an event, and has not been made yet; REF_INITIAL: none */
	bool has_action;
	bool ahead; /* it has run on to its next hook already, and writes that are events are still to be handed out */
	struct action action; /* what it asks, worked out once */
	uint64_t library_site;
	const char *library_call; /* the library's function that it is inside; NULL: none */
	uint64_t library_object;  /* that the call is about; 0: none */
	union clock hb, porf, acquire, fence;
};

/* ---- the machine ----------------------------------------------------------------------------------------------------
 */

enum execution_end {
	END_NONE,
	END_PRUNED,  /* nothing new can come of it */
	END_DOOMED,  /* inconsistent: two read-modify-write operations read one write */
	END_FINDING, /* a violation after which the execution means nothing */
	END_RESTART, /* the locations' shapes have changed: begin the whole search again */
	END_AGAIN,   /* the search looks something up first, and executes the same graph again */
	END_STOP     /* the exploration cannot go on */
};

/* What a workload's services and marks come to: who uses the machine says. */
struct machine_user {
	const struct trial_services *services; /* run on fibers */
	void (*mark)(void *context, struct run_thread *thread, uint32_t event, uint32_t what);
};

/* Who is told of each mark, besides. */
struct listener {
	void (*mark)(void *context, const struct run_thread *thread, uint32_t event, uint32_t what);
	/* A plain access that is no event, before it is made; and that whatever was told last has been done. NULL: both
	 * are told to nobody. */
	void (*access)(void *context, const struct run_thread *thread, uint64_t address, uint32_t size, bool write);
	void (*over)(void *context);
	/* The thread has freed a block of the heap, or tried to, by that call. NULL: told to nobody. */
	void (*freed)(void *context, const struct run_thread *thread, uint64_t block, const char *call, uint64_t site);
};

struct machine {
	struct engine_job *job;
	const struct frame_run *request;
	struct trial trial;
	uint32_t n_threads; /* of the workload; the first thread's fiber is number n_threads */
	bool processes;     /* each thread is a process of its own */
	struct model model;
	struct bounds bounds;
	const struct machine_user *user;
	const struct findings_sink *sink;
	const struct listener *listener; /* NULL: nobody */
	void *user_context, *sink_context, *listener_context;
	void *object[TRIAL_OBJECTS_MAX];
	uint32_t capacity[TRIAL_SECTIONS_MAX]; /* as the workload says */
	struct {
		uint32_t property;
		char stuck[240];
	} gate[TRIAL_GATES_MAX];
	/* the execution */
	struct run_thread thread[THREADS_MAX + 1];
	struct graph *graph; /* its events so far; NULL: there is none yet */
	enum execution_end end;
	uint32_t generation;
	bool solo;         /* a thread runs alone: nothing races, and nothing is an event */
	bool stateful;     /* each access of the plugin is an action: the search over states runs */
	bool tracing;      /* the execution is not one of the search's: what it shows is told, and changes nothing */
	bool to_come;      /* it follows a schedule that has steps left after the one that is being taken */
	uint64_t steps;    /* hooks, of all executions */
	bool has_sections; /* the workload marks what shall not be entered together */
	bool data_too;     /* its data that race are promoted all the same */
	bool data_raced;   /* they did, and were not */
	/* what went wrong */
	struct blame blame;        /* what explains what is told next */
	struct wire_place code;    /* while a crash is reported: where it happened */
	char crash[WIRE_TEXT_MAX]; /* after which nothing can be judged */
	char inconclusive[WIRE_TEXT_MAX];
	struct wire_place crash_place; /* the code that `crash` or `inconclusive` is about */
	int init_error;                /* what init() returned, if not 0 */
	void (*observe)(void *context, const void *data, size_t size);
	void *observe_context;
};

extern struct machine *machine __attribute__((visibility("hidden")));

static inline uint32_t thread_number(const struct run_thread *thread)
{
	return (uint32_t)(thread - machine->thread);
}

/* ---- one execution at a time ---- */

int machine_create(void);
void machine_destroy(void);
/* Runs setup() in the first fiber, alone, and saves the state that each execution begins with. 0, or a negative errno
 * value; `inconclusive` or a violation tells the plugin's failures. */
int machine_setup(void);
/* Puts that state back and starts all threads. */
void machine_start(void);
/* Runs finish() and verify() when all threads are done. */
void machine_finish(void);
/* Runs the thread until its next hook. */
void machine_resume(struct run_thread *thread);
/* Says that the exploration cannot judge; ends it. */
void machine_give_up(enum said why, ...);
/* What the thread's pending request asks of memory; false: it is no action. */
bool machine_action(struct run_thread *thread, struct action *action);
/* What the thread's hook returns when its action saw `value`. */
void machine_answer(struct run_thread *thread, const struct action *action, uint64_t value, enum outcome outcome);
/* Hash of a thread's registers and stack at its pending hook. */
uint64_t machine_state(const struct run_thread *thread);
void machine_solo(struct run_thread *thread);
/* Makes an access with no model in between. */
void machine_solo_access(struct run_thread *thread, const struct action *action);
/* Whether these bytes can be read; if not, the thread has crashed. */
bool machine_probe(struct run_thread *thread, uint64_t address, uint32_t size);
/* Which of these bytes nobody has written, as a mask; and that the plugin reads such. */
uint8_t machine_garbage(uint64_t address, uint32_t size);
void machine_fresh_read(struct run_thread *thread, uint64_t pc);
/* From the next execution on the accesses to these bytes, which race, count as relaxed atomics. */
void machine_promote(uint64_t address, uint32_t size);
/* An address, or a key, as the wire has it. */
void machine_site(uint64_t return_address, struct wire_place *place);
void machine_place(uint64_t address, struct wire_place *place);
/* What a value of so many bytes points to, if it is a pointer: a block of the heap, by where it was made; a part of an
 * object; a variable of the plugin. */
void machine_value(uint64_t value, uint32_t size, struct wire_place *place);
/* Whether the bytes are there, and what the plugin keeps: its object, its variables, its heap. */
bool machine_keeps(uint64_t address, uint32_t size);
/* What an access is in a story; `writes`: it has written. */
enum explore_step_kind machine_step_kind(const struct event_rule *rule, bool writes);
/* A mark of enum trial_event. */
void machine_tell_mark(const struct run_thread *thread, uint32_t event, uint32_t what, struct explore_step *step);
/* The call of the library that a thread is inside, or what happens to it there, as a step of a story. */
void machine_tell_call(const struct run_thread *thread, struct explore_step *step);
void machine_tell_happening(const struct run_thread *thread, struct explore_step *step);
bool in_module(uint64_t pc);
uint64_t load_bytes(uint64_t address, uint32_t size);
void store_bytes(uint64_t address, uint32_t size, uint64_t value);

#endif
