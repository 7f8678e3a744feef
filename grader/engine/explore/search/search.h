/* The exhaustive search over execution graphs: TruSt (Kokologiannakis, Marmanis, Gladstein, Vafeiadis, POPL 2022), by
 * executing the native code again along each graph. */
#ifndef SEARCH_H
#define SEARCH_H

#include "internal.h"

/* Explores until nothing is left, or the budget is used up. */
void search_run(void);
void search_fini(void);

/* Executes up to `n` times, as the scheduler chooses; always the same ones. */
void search_chosen(const struct scheduler *scheduler, uint32_t n);

/* Executes the top graph once, from fresh state: first along it, then on. */
void search_execute(void);
/* Prepares an empty top graph. */
void search_clear(void);

/* Hash of a thread's registers and stack at its pending hook. */
uint64_t search_state(const struct run_thread *thread);

/* What the thread's hook returns when its action saw `value`. */
void search_result(struct run_thread *thread, const struct action *action, uint64_t value, enum outcome outcome);

/* Notes a violation by the execution as it is now. */
void search_violation(uint32_t property, uint32_t thread, const char *message);
/* The same, of what two threads do that need not be ordered. */
void search_violation_of_two(uint32_t property, uint32_t thread, const struct race_place *other, const char *message);
void search_race(const struct race_place *one, const struct race_place *other);
/* The same of a part of it: what is before `prefix`, and no more of each thread's marks than `marks`. */
void search_violation_within(uint32_t property, uint32_t thread, const union clock *prefix, const uint32_t *marks,
			     const char *message);

#endif
