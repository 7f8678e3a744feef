/* Runs one workload under one engine in a worker of its own, watches it, and brings home the evidence. It decides
 * nothing: what the evidence means is the judge's business. */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "exercise.h"
#include "fault.h"
#include "wire.h"
#include "wire_explore.h"

struct run_debugger;
struct sandbox;

/* Where the workers are: absolute paths; and what they are kept in. */
struct run_tools {
	struct sandbox *sandbox; /* NULL: none */
	const char *libraries;   /* the folder of our own shared libraries */
	const char *worker;      /* syncgrade-worker */
	const char *worker_tsan; /* syncgrade-worker-tsan */
	const char *referee;     /* syncgrade-referee */
};

struct run_plan {
	const struct exercise *exercise;
	const struct exercise_workload *workload;
	enum engine_id engine;
	const char *plugin_path; /* the private copy that was inspected */
	const char *workload_path;
	const char *folder;        /* the private folder: the worker's working directory */
	uint32_t threads;          /* as the workload says, but no more than the plugin serves */
	uint32_t properties;       /* bit 1 << property: what the checks want judged */
	bool reads_thread_pointer; /* inspect.h */
	enum wire_memory_model memory_model;
	const char *schedule;                /* explore: replay this; NULL: search */
	const struct run_debugger *debugger; /* with a schedule: under gdb, unconfined; NULL: no */
};

/* How a worker came to its end. */
enum run_end {
	RUN_DONE,        /* it did all that was asked */
	RUN_LOAD_FAILED, /* dlopen() refused the plugin: `text` */
	RUN_INIT_FAILED, /* init() returned `code` */
	RUN_EXITED,      /* it exited by itself, status `code` */
	RUN_SIGNALED,    /* it died of signal `code` */
	RUN_HANG_ASLEEP, /* all threads sleep, and nothing will wake them */
	RUN_HANG_AWAKE,  /* threads run, and none gets anywhere */
	RUN_CPU_LIMIT,
	RUN_WALL_LIMIT,
	RUN_MEMORY_LIMIT,
	RUN_THREAD_LIMIT,
	RUN_THREAD_LEFT, /* thread `code` ended by itself, without returning to the workload */
	RUN_TROUBLE,     /* with the plugin in it, the worker could not go on: `text` */
	RUN_PROTOCOL     /* it sent what the protocol does not allow */
};

/* Where a thread was when the run ended, from the board. */
struct run_thread {
	uint32_t operation; /* enum trial_operation or a kind's own: inside this call of the plugin; NONE: outside */
	uint32_t sections;
	uint32_t gate; /* 1 + the gate that it awaits; 0: none */
	bool finished;
	uint64_t round;
};

/* A failure that the workload noted, in the worker or in the referee. */
struct run_failure {
	enum workload_property property;
	uint32_t self;
	char *message;
	bool referee; /* found by the referee */
};

/* What the explorer claims of one property. */
struct explored {
	struct frame_explore_property said;
	size_t n_steps; /* of the counterexample: those that came */
	struct explore_step *steps;
};

/* One worker's evidence. */
struct evidence {
	const struct exercise_workload *workload;
	enum engine_id engine;
	bool ran; /* a worker was started, and said hello */
	enum run_end end;
	int code;
	char *text;     /* the loader's words */
	uint32_t phase; /* enum board_phase at the end */
	uint32_t n_threads;
	struct run_thread thread[33];
	uint32_t ended;         /* 1 + the process of the trial that ended it; 0: unknown */
	char *gate_stuck;       /* the sentence of a gate that a hung thread awaits; NULL: none */
	uint32_t gate_property; /* and the property that it stands for */
	uint32_t trials;        /* completed, and looked at by the referee */
	uint64_t rounds;        /* made by all threads together in completed trials */
	/* in completed trials, where busy waiting was to be judged: from requests to entries, all threads together */
	uint64_t request_ns, request_cpu_ns;
	size_t n_failures;
	struct run_failure *failures;
	size_t n_reports;
	struct frame_report *reports;
	bool gave_up; /* a thread left its work undone: what the trial's data show proves nothing */
	bool crashed;
	struct frame_crash crash;
	char *tampered; /* what the plugin has done to memory that is not its own: "has …"; NULL: nothing */
	char *output;   /* what it printed: head and tail; NULL: nothing */
	uint64_t start_ms, duration_ms, cpu_ms, max_rss_kib;
	uint64_t waited_ms; /* RUN_WALL_LIMIT: for a processor; UINT64_MAX: unknown */
	size_t n_explored;
	struct explored *explored; /* explore: one for each property that was judged */
};

/* One run that is being made. A grader makes several of them side by side in one thread: it begins them, waits until
 * one has something to say, lets each take a step, and ends those that are over. */
struct running;

/* Starts a worker. `tools`, `plan`, `evidence` and `fault` live until run_end(). Always returns a run, which the caller
 * owns; where nothing could be started, its first step is its last. */
struct running *run_begin(const struct run_tools *tools, const struct run_plan *plan, struct evidence *evidence,
			  struct fault *fault);

/* Waits until one of n runs has something to say, or for as long as limits may go unwatched (a few dozen
 * milliseconds). */
void run_wait(struct running *const *running, size_t n);

/* Takes what has been said since the last step, and looks at the limits; blocks only while a referee looks at a trial.
 * False: it is over. */
bool run_step(struct running *running);

/* Ends the worker, by force where it has not ended, and frees the run. Returns 0 with the evidence (evidence_free()
 * it), or -1 with a fault that is the machine's or the exercise's, never the submission's. */
int run_end(struct running *running);
void evidence_free(struct evidence *evidence);

#endif
