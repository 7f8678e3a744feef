/* One execution: along the graph, then on. */
#ifndef EXECUTION_H
#define EXECUTION_H

#include "machine.h"
#include "scheduler.h"

/* ---- what is left to be done otherwise ---- */

enum item_kind { ITEM_READ, ITEM_WRITE, ITEM_REVISIT, ITEM_CHOICE };

struct item {
	enum item_kind kind;
	uint32_t stamp;
	ref event;
	ref other;
	int32_t mo; /* ITEM_WRITE: the place; ITEM_CHOICE: what is chosen; ITEM_READ: whether reading it is no finding
		       by itself */
};

/* Who wants the alternatives that were not taken. */
struct alternatives {
	void (*add)(void *context, enum item_kind kind, uint32_t stamp, ref event, ref other, int32_t mo);
	/* The write is new: reads of the graph may read it instead. */
	void (*written)(void *context, ref write);
	/* The write of r, which reads `from`, is none: what was to read it reads `from`. */
	void (*demoted)(void *context, ref r, ref from);
	/* None will be followed: they need not be found. */
	bool (*spent)(void *context);
};

/* ---- threads ---- */

/* Which states a thread's events began in, as a filter: a clear bit means none so. A loop that counts is never in a
 * state twice, and would else be compared with all of its past at each read. */
struct states_seen {
	uint32_t noted; /* events that are in it */
	uint64_t bits[32];
};
#define LONG_WORDS 1024u /* of the same, where a thread has many events */

#define LAST_SEEN 32u
struct last_seen {
	uint64_t pc;
	uint32_t location, index;
};

/* How a thread has come to where it is: whether it waits there. */
struct past {
	uint32_t spin_begin, spin_end;
	bool spin_leaves; /* it is in a loop that is left by itself, some time */
	bool woken;
	uint32_t put_off_at;          /* the location that it waits for in the library (postpone.h) */
	uint32_t seen_writes;         /* to it, when it was put off */
	uint32_t ran_out, ran_out_in; /* loops that have run out, in which call */
	/* loops.c: events looked at; the period that it is in, and so many events as those one period before */
	uint32_t followed, period, alike;
	struct states_seen seen;
	uint32_t noted_long; /* the same, for many events (waiting.c) */
	/* Not cleared from one execution to the next: hints. */
	_Alignas(16) struct last_seen last[LAST_SEEN];
	uint64_t seen_long[LONG_WORDS];
};

/* A loop that counts (loops.h). */
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

/* ---- sections ---- */

#define VISITS_MAX 512u
struct visit {
	uint32_t thread, section, enter, leave; /* events of its thread before; leave: UINT32_MAX while inside */
	uint32_t mark;                          /* how many marks of its thread, this one included */
	bool shared;
	union clock porf, hb;
};

/* Wake-ups without a reason, and times that are over (surprise.h). */
#define SURPRISES_ANY UINT32_MAX
struct surprises {
	uint32_t most;     /* of one execution */
	uint32_t left_out; /* of which kinds some have been left out, as bits of enum surprise */
};

/* Where a load has led, in one go (shortcut.h). */
#define LEADS_MAX 16384u
#define LEADS_LOOKED_AT 16u
struct lead {
	uint64_t key;   /* of the load, the state that it was made in, and what it has seen; 0: none */
	uint64_t place; /* NO_PLACE: it is not known that there is one */
	uint64_t state; /* of the thread, there */
};

struct execution {
	struct graph alone;                      /* of executions that are no level of a search */
	bool forward;                            /* the graph's events have been executed: new ones are added */
	bool postpones;                          /* calls of the library that would wait are put off (postpone.h) */
	uint32_t let_on;                         /* the first thread that has been put off, and no longer is */
	const struct scheduler *scheduler;       /* who decides */
	void *chooser;                           /* what it remembers */
	const struct alternatives *alternatives; /* NULL: nobody wants them */
	void *alternatives_context;
	uint32_t steps; /* where one chooses step by step: events so far */
	/* number of the step that is being taken, where steps have names, from 1 on; and its thread */
	uint32_t named_at, named_thread;
	char misfit[WIRE_TEXT_MAX]; /* why the schedule that was asked for does not fit */
	struct past past[THREADS_MAX + 1];
	struct surprises surprises;
	struct lead lead[LEADS_MAX];
	ref looks_up;                    /* the load whose lead is being looked up; REF_INITIAL: none is */
	ref unknown_load, unknown_write; /* END_AGAIN: where would the load lead, had it seen what the write wrote? */
	uint32_t n_loops;                /* known ones */
	struct loop loop[LOOPS_MAX];
	struct visit visit[VISITS_MAX];
	uint32_t n_visits;
	/* of all executions so far */
	uint32_t most_inside[TRIAL_SECTIONS_MAX];
	bool cycles_seen; /* some loop wrote, and took it back */
	bool waited;      /* some call of the plugin has waited for another thread, or could have */
};

/* The alternative that is taken, of n. */
static inline uint32_t execution_alternative(struct execution *x, enum alternative_kind kind, uint32_t n)
{
	return n > 1 ? x->scheduler->alternative(x->chooser, kind, n) : 0;
}

/* What is said of the step that is being taken; NULL: the scheduler gives no names. */
static inline const struct schedule_step *execution_named(struct execution *x)
{
	return x->scheduler->named != NULL ? x->scheduler->named(x) : NULL;
}

/* The alternative is not taken now. */
static inline void alternative_add(struct execution *x, enum item_kind kind, uint32_t stamp, ref event, ref other,
				   int32_t mo)
{
	if (x->scheduler->exhaustive)
		x->alternatives->add(x->alternatives_context, kind, stamp, event, other, mo);
}

/* How many of what could be done are to be found: all of them, or what is done. */
static inline uint32_t alternatives_wanted(const struct execution *x)
{
	bool none =
	    x->scheduler->newest || (x->scheduler->exhaustive && x->alternatives->spent(x->alternatives_context));

	return none ? 1 : CANDIDATES_MAX;
}

static inline void alternative_written(struct execution *x, ref write)
{
	if (x->scheduler->exhaustive && !x->alternatives->spent(x->alternatives_context))
		x->alternatives->written(x->alternatives_context, write);
}

static inline void alternative_demoted(struct execution *x, ref r, ref from)
{
	if (x->scheduler->exhaustive)
		x->alternatives->demoted(x->alternatives_context, r, from);
}

static inline struct past *past_of(struct execution *x, const struct run_thread *thread)
{
	return &x->past[thread - machine->thread];
}

void execution_init(struct execution *x);
void execution_fini(struct execution *x);
/* The machine's marks (struct machine_user), with the execution as context. */
extern const struct machine_user execution_marks __attribute__((visibility("hidden")));

/* Who decides, from now on. */
void execution_schedule(struct execution *x, const struct scheduler *scheduler, void *chooser);
/* Prepares an execution of its own, with an empty graph. */
void execution_clear(struct execution *x);
/* Begins one, along the machine's graph. */
void execution_begin(struct execution *x);
/* Runs it, the threads in the order of their numbers: along the graph, then on, to its end. */
void execution_run(struct execution *x);
/* Only the events that the graph has: each thread stops before the next. */
void execution_replay(struct execution *x);
/* Nobody takes a step any more: finish() and verify() are run, or who waits is looked at. */
void execution_conclude(struct execution *x);

/* Handles a request that is an event of the model. */
void execution_event(struct execution *x, struct run_thread *thread, const struct action *action);
/* Runs a thread until it can go no further; `one_event`: no more than one event of the model. True: it moved. */
bool execution_advance(struct execution *x, struct run_thread *thread, bool one_event);
bool execution_all_done(void);
/* A thread waits for what does not come: deadlock, lost wake-up, or just an execution in which something newer is not
 * read. */
void execution_check_stuck(struct execution *x);
/* The gate of the workload at which a thread waits for others; -1: at none. */
int execution_gate(const struct run_thread *thread);

/* The schedule does not fit, and why. */
void execution_misfit(struct execution *x, enum said why, ...);
/* Forgets which loops are known, and which shapes. */
void execution_forget(struct execution *x);

/* Which those are. */
struct knowledge {
	uint32_t n_promoted, n_merged, n_loops;
	struct shape promoted[PROMOTED_MAX], merged[MERGED_MAX];
	struct loop loop[LOOPS_MAX];
};
void execution_note_knowledge(const struct execution *x, struct knowledge *knowledge);
void execution_take_knowledge(struct execution *x, const struct knowledge *knowledge);

#endif
