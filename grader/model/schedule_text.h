/* A schedule: what has to be known to run one execution of the explorer again; and its text, which people copy from a
 * report to a command line (only letters, digits and . , : = @ + - _ / are in it).
 *
 *   schedule  [workload ":"] …                       of that workload, where it is not the check's own; then
 *             [shapes ":"] steps ["." threads]       an execution of the memory model
 *             "s" moves ["." moves]                  a path through the states; what follows the dot can repeat
 *   shapes    shape {"," shape}                      variables that are accessed in more ways than one
 *   shape     place "x" bytes                        plain accesses to it race, and count as relaxed ones
 *             place "w" bytes                        so many that are accessed in several sizes: one location
 *   place     where [number "."] offset ["/" process]   where: P plugin, W workload, O object, D data, H heap of a
 *                                                    thread, S stack, T thread-local, X elsewhere
 *   steps     {thread [count] | thread detail}       thread: a … r, t … z, A … G (s begins a path); count: so many
 * steps of it, in which reads see the newest write, and writes become it detail    ["-"] "=" event it reads what that
 * event wrote ("0": what was there before all);
 *                                                    "-": an exchange in a loop that waits, which changes nothing
 *             "-"                                    the same, and it reads the newest
 *             "@" event                              it writes, and in modification order just before that event
 *             "+" number                             of the library's alternatives it takes that one
 *             ["-"] "_" number                       it waits in a loop, of which its last steps were one round ("-":
 *                                                    a round that writes, and takes it back)
 *             "/" number                             it leaves such a loop by itself, after many rounds
 *   event     thread number                          the thread's events are counted from 0
 *   moves     {thread [count] | thread "+" number}
 *
 * The threads after the dot go on, in that order, until they ask for their next step: there the violation shows.
 * Without them all go on until they have ended, or wait. */
#ifndef SCHEDULE_TEXT_H
#define SCHEDULE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCHEDULE_THREADS_MAX 32u
#define SCHEDULE_STEPS_MAX 64000u
#define SCHEDULE_NUMBER_MAX 65535u
#define SCHEDULE_TEXT_MAX 49152u /* bytes, its terminating 0 included */
#define SCHEDULE_INITIAL 255u    /* struct schedule_step.other_thread: what was there before all threads */

enum schedule_how {
	SCHEDULE_NEWEST, /* reads the newest write; becomes it; the library does as expected */
	SCHEDULE_READS,  /* event `number` of `other_thread` */
	SCHEDULE_BEFORE, /* writes, in modification order just before event `number` of `other_thread` */
	SCHEDULE_TAKES,  /* alternative `number` */
	SCHEDULE_WAITS,  /* waits in a loop, of which its last `number` steps were one round */
	SCHEDULE_LEAVES  /* leaves such a loop by itself, which counts its rounds */
};

struct schedule_step {
	uint8_t thread;
	uint8_t how; /* enum schedule_how */
	uint8_t other_thread;
	bool taken_back; /* an exchange that does not write */
	uint32_t number;
};

struct schedule_shape {
	char where;
	bool merged; /* or else promoted */
	uint8_t bytes;
	uint16_t number;  /* which object, whose heap, … */
	uint16_t process; /* 0: all; else that process' own, its number + 1 */
	uint64_t offset;
};

struct schedule {
	bool states;
	uint32_t n_shapes, n_steps, capacity;
	struct schedule_shape *shape;
	struct schedule_step *step;
	uint32_t n_last;
	uint8_t last[SCHEDULE_THREADS_MAX];
	uint32_t repeats; /* states: index of the first step that can repeat; n_steps: none */
};

/* Both return 0 or -ENOMEM, and -E2BIG where it is longer than may be. */
int schedule_add(struct schedule *schedule, struct schedule_step step);
int schedule_add_shape(struct schedule *schedule, struct schedule_shape shape);
void schedule_fini(struct schedule *schedule);

/* The length of the workload's name that a text begins with; 0: none. What follows name and colon is for
 * schedule_read(). */
size_t schedule_workload(const char *text);
/* Reads a text. 0; -EINVAL, and *at is how much of it was understood; -ENOMEM; -E2BIG. *schedule is the caller's to
 * release in each case. */
int schedule_read(struct schedule *schedule, const char *text, size_t *at);
/* Writes it, as short as can be: what is read from a text that this has written is written as the same text. 0, or
 * -E2BIG if it takes more than `size` bytes. */
int schedule_write(const struct schedule *schedule, char *text, size_t size);

#endif
