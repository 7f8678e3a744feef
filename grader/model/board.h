/* The board: memory that a worker and the grader both map, so that the grader sees where each thread is at any moment,
 * also when the worker hangs or dies. Written by the worker (and by anyone in it): a claim like every other.
 *
 *   0                struct board
 *   BOARD_DATA       the workload's data, TRIAL_DATA_MAX bytes
 *   BOARD_OBJECTS    TRIAL_OBJECTS_MAX × BOARD_OBJECT_STRIDE bytes: a guard page, the object, canaries, a guard page */
#ifndef BOARD_H
#define BOARD_H

#include <stdatomic.h>
#include <stdint.h>
#include <syncgrade/workload.h>

#define BOARD_MAGIC UINT64_C(0x64726f616267796e)
#define BOARD_THREADS_MAX 33u /* 32 of the workload, and the first thread */
#define BOARD_PAGE 4096u
#define BOARD_DATA (16u * BOARD_PAGE)
#define BOARD_OBJECT_MAX (1024u * 1024u) /* largest object */
#define BOARD_OBJECT_STRIDE (BOARD_OBJECT_MAX + 2u * BOARD_PAGE)
#define BOARD_OBJECTS (BOARD_DATA + TRIAL_DATA_MAX)
#define BOARD_SIZE (BOARD_OBJECTS + TRIAL_OBJECTS_MAX * BOARD_OBJECT_STRIDE)

/* Where one thread is. */
struct board_thread {
	_Atomic uint32_t operation; /* enum trial_operation that it is inside, or NONE */
	_Atomic uint32_t sections;  /* bit 1 << section that it is inside */
	_Atomic uint32_t gate;      /* 1 + the gate it awaits, 0: none */
	_Atomic uint32_t finished;  /* its thread() returned */
	_Atomic uint64_t events;    /* how many events it noted: grows while it makes progress */
	_Atomic uint64_t round;
	_Atomic int32_t os_tid;
	uint32_t reserved;
	_Atomic uint64_t waited_ns;     /* from requests to entries, where that is measured (PROPERTY_BUSY_WAITING) */
	_Atomic uint64_t waited_cpu_ns; /* processor time meanwhile */
};

/* The first failure that the workload noted (services->fail). */
struct board_failure {
	_Atomic uint32_t state; /* 0 none, 1 being written, 2 written */
	uint32_t property;      /* enum workload_property */
	uint32_t self;
	uint32_t reserved;
	char message[496];
};

/* What a hung thread at a gate is a failure of. */
struct board_gate {
	_Atomic uint32_t opened; /* a futex */
	uint32_t property;
	char stuck[240];
};

struct board {
	uint64_t magic;
	uint32_t threads;
	_Atomic uint32_t stop;    /* not 0: trial_more() says no; WORKLOAD_TOGETHER: from this round on */
	_Atomic uint32_t phase;   /* enum board_phase */
	_Atomic uint32_t waiting; /* processes of the trial that are not yet there: all begin together */
	_Atomic uint32_t ended;   /* 1 + the process of the trial that ended before its work was done; 0: none */
	_Atomic uint32_t gave_up; /* a thread left its work undone (trial_give_up()): what follows proves nothing */
	_Atomic uint64_t steps;   /* explore: the heartbeat: how many steps it has taken, about */
	struct board_failure failure;
	struct board_gate gate[TRIAL_GATES_MAX];
	struct board_thread thread[BOARD_THREADS_MAX];
};

enum board_phase { PHASE_START, PHASE_LOAD, PHASE_SETUP, PHASE_THREADS, PHASE_FINISH, PHASE_IDLE };

_Static_assert(sizeof(struct board) <= BOARD_DATA, "the board's header fits before the data");

#endif
