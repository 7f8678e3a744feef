/* Calls of the library that wait. While all executions are searched, they are no events until they are let on, so that
 * nobody looks at executions in which they are not (README.md); where a strategy chooses, it asks them again. */
#ifndef POSTPONE_H
#define POSTPONE_H

#include "execution.h"

/* The thread's last event, a read of the location by which it would wait, is taken back: the thread is put off. */
void postpone(struct execution *x, struct run_thread *thread, uint32_t location);
/* A write to the location has been added: whom it lets on is put off no longer. */
void postponed_let_on(struct execution *x, uint32_t location);
/* Whether a thread that comes before this one, and was put off, has been let on: it is its turn. */
bool postponed_is_next(const struct execution *x, const struct run_thread *thread);
/* The first thread that can go on now; NULL: none. Once nobody can, those who are put off wait as they are, one after
 * the other. */
struct run_thread *postponed_turn(struct execution *x);

#endif
