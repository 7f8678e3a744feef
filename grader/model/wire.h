/* What passes between the grader and a worker. The grader believes none of it: see judge/.
 *
 * Three descriptors are inherited by the worker:
 *   WIRE_FD   a SOCK_SEQPACKET socket; one frame a packet; both ends are of the same build
 *   BOARD_FD  a memfd, mapped by both: struct board, then the workload's data, then the objects' storage
 *   2         standard error (and 1, standard output): captured, capped, never interpreted
 *
 *   worker                                   grader
 *   HELLO                      ──────────►
 *                              ◄──────────   RUN        what to load, how large
 *   LOADED | LOAD_FAILED       ──────────►
 *                              ◄──────────   TRIAL      seed of the next trial            ┐ tsan, native:
 *   REPORT*  TRIAL_DONE        ──────────►              (the grader runs the referee)     ┘ once per trial
 *                              ◄──────────   STOP
 *   DONE                       ──────────►
 *   CRASH (at any time): a signal's handler says where; the worker then dies of the signal
 *   INIT_FAILED (instead of TRIAL_DONE): init() returned an error
 *   TROUBLE (at any time): the worker's own failure, never the plugin's
 *
 * A referee speaks the same: HELLO, RUN, LOADED, then for each TRIAL any number of FAILURE and a TRIAL_DONE; its board
 * holds a copy of the trial's data.
 *
 * Under explore, one TRIAL frame starts the whole exploration; see wire_explore.h for what comes back. */
#ifndef WIRE_H
#define WIRE_H

#include <stdint.h>

#include "kinds.h"
#include "names.h"
#include "schedule_text.h"

#define WIRE_FD 3
#define BOARD_FD 4
#define WIRE_MAGIC UINT32_C(0x53594e47)
#define WIRE_VERSION 1u
#define WIRE_TEXT_MAX 1024u
#define WIRE_FRAME_MAX 65536u /* bytes of the largest frame */

enum frame_type {
	FRAME_HELLO = 1,
	FRAME_LOADED,
	FRAME_LOAD_FAILED,
	FRAME_TROUBLE,
	FRAME_REPORT,
	FRAME_TRIAL_DONE,
	FRAME_DONE,
	FRAME_CRASH,
	FRAME_INIT_FAILED,
	FRAME_FAILURE,
	FRAME_READY,
	FRAME_RUN = 32,
	FRAME_TRIAL,
	FRAME_STOP,
	FRAME_EXPLORE_FIRST = 64 /* wire_explore.h */
};

struct frame_header {
	uint32_t magic;
	uint16_t version;
	uint16_t type;   /* enum frame_type */
	uint32_t length; /* bytes, this header included */
	uint32_t reserved;
};

/* HELLO, READY, LOADED, TRIAL_DONE, INIT_FAILED, DONE, STOP. */
struct frame_plain {
	struct frame_header header;
	uint64_t value; /* TRIAL_DONE: the trial's seed; LOADED: the data's size in bytes, and of a referee the
			 * workload's flags in the upper half; INIT_FAILED: what it returned */
};

/* LOAD_FAILED (the plugin's fault, if `value` is 0; the workload's, if 1), TROUBLE (value: errno or 0). */
struct frame_text {
	struct frame_header header;
	uint64_t value;
	char text[WIRE_TEXT_MAX];
};

/* An operation of the plugin's kind. */
struct wire_operation {
	char name[KIND_NAME_BYTES];
	uint32_t number; /* in TRIAL_CALL and TRIAL_RETURN */
	uint32_t blocks; /* 1: may wait for other threads */
};

struct frame_run {
	struct frame_header header;
	uint32_t engine; /* enum engine_id */
	uint32_t threads;
	uint64_t rounds;
	uint32_t time_ms;
	uint32_t file_kib; /* RLIMIT_FSIZE from here on */
	uint64_t data_kib; /* RLIMIT_DATA from here on: what the runtime took at its start, and the allowance */
	uint64_t max_executions;
	uint32_t max_bypass;   /* bounded waiting: the bound */
	uint32_t memory_model; /* enum wire_memory_model */
	uint32_t properties;   /* bit 1 << enum workload_property: those that a check wants judged in this run */
	uint32_t confined;     /* 1: the tight filter of system calls is put on before the plugin is loaded */
	uint32_t reads_thread_pointer; /* 1: the plugin's code does, not only for the stack protector */
	uint32_t debugged;             /* 1: a debugger waits for the execution that `schedule` says */
	uint32_t n_operations;
	struct wire_operation operations[KIND_OPERATIONS_MAX];
	char kind[KIND_NAME_BYTES]; /* "lock": the plugin's symbol is "<kind>_plugin" */
	char plugin_path[1024];     /* the private copy */
	char workload_path[1024];
	char schedule[SCHEDULE_TEXT_MAX]; /* explore: replay this one; "" explores */
};

enum wire_memory_model { MEMORY_MODEL_C11, MEMORY_MODEL_SC };

struct frame_trial {
	struct frame_header header;
	uint64_t seed;
	uint32_t number;
	uint32_t reserved;
};

/* A place in code or memory, relative to a module, so that the grader can symbolize it. */
enum wire_module {
	MODULE_NONE,
	MODULE_PLUGIN,
	MODULE_WORKLOAD,
	MODULE_OBJECT,
	MODULE_DATA,
	MODULE_OTHER,
	MODULE_POINTED, /* the block of the heap that a pointer in an object points to: `offset` is the pointer's */
	MODULE_HEAP     /* another block of the heap: `offset` is that of the plugin's code that made it */
};

#define PLACE_OF_SETUP UINT32_MAX

struct wire_place {
	uint64_t offset; /* bytes from the module's load base (PLUGIN, WORKLOAD), the object's or the data's begin */
	uint32_t module; /* enum wire_module */
	uint32_t index; /* MODULE_OBJECT, MODULE_POINTED: which; MODULE_HEAP: the thread that made it, PLACE_OF_SETUP */
	uint64_t within; /* MODULE_POINTED, MODULE_HEAP: bytes from the block's begin */
	uint64_t nth;    /* MODULE_HEAP: which of all the blocks that the thread made, from 1 */
};

#define REPORT_STACK_MAX 16u
#define REPORT_ACCESSES_MAX 4u

struct wire_access {
	uint32_t thread; /* the workload's number; `threads` for the first thread; UINT32_MAX: unknown */
	uint16_t size;   /* bytes */
	uint8_t write;
	uint8_t atomic;
	struct wire_place address;
	uint32_t n_stack;
	uint32_t reserved;
	struct wire_place stack[REPORT_STACK_MAX]; /* innermost first; call sites, not return addresses */
};

/* A sanitizer's report. */
struct frame_report {
	struct frame_header header;
	char kind[48]; /* "data-race", "lock-order-inversion", "heap-use-after-free", … as TSan names it */
	uint32_t n_accesses;
	uint32_t reserved;
	struct wire_access access[REPORT_ACCESSES_MAX];
};

/* The worker is about to die of a signal. */
struct frame_crash {
	struct frame_header header;
	uint32_t signal;
	uint32_t thread;  /* as in wire_access */
	uint64_t address; /* that could not be accessed (SIGSEGV, SIGBUS) */
	uint32_t n_stack;
	uint32_t near_stack; /* the address is just beyond the thread's stack: it overflowed */
	struct wire_place stack[REPORT_STACK_MAX];
};

/* A referee's word on a trial's data: the workload's verify() called fail. */
struct frame_failure {
	struct frame_header header;
	uint32_t property; /* enum workload_property */
	uint32_t self;
	char message[WIRE_TEXT_MAX];
};

#endif
