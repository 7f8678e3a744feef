/* Schedules of the memory model: made of a graph, and run again. The text is schedule_text.h's. */
#ifndef REPLAY_H
#define REPLAY_H

#include "internal.h"

/* Makes the schedule of a graph whose events are put in this order. 0, or a negative errno value. */
int replay_make(struct schedule *schedule, const struct graph *graph, const ref *order, uint32_t n);
/* Adds that the thread waits in a loop of so many steps. */
int replay_add_wait(struct schedule *schedule, uint32_t thread, uint32_t steps);
/* Runs it. False: it does not fit; why stands in ex.misfit. */
bool replay_run(const struct schedule *schedule);

/* Whether it has steps left, after the one that is being taken. */
bool replay_goes_on(void);
/* It does not fit, and why. */
void replay_misfit(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* While it runs: the write that event r, a read, is said to read. False: it may not, and that has been told. */
bool replay_read(ref r, const struct schedule_step *step, ref *from);
/* Which of these places in modification order the step says, for a write. False as above. */
bool replay_write(ref w, const struct schedule_step *step, const int32_t *place, uint32_t n, uint32_t *which);
/* Which of the library's alternatives. False as above. */
bool replay_choice(const struct schedule_step *step, uint32_t choices, uint64_t *which);

#endif
