/* The steps of a counterexample in names, and in the words of the plugin's kind. */
#ifndef STEPS_H
#define STEPS_H

#include "judge.h"
#include "namer.h"
#include "said.h"

/* Adds what the explorer told. Where more than one object takes part, they have letters. */
void steps_add(struct counterexample *counterexample, const struct explored *explored, const struct judge_run *run,
	       struct namer *namer);

/* A call of the library with what it is about: "pthread_mutex_lock(lock->mutex)", and who holds that; a text as in
 * saying.h. The caller owns it. */
char *steps_call(const struct explore_step *said, struct namer *namer);

/* The explorer's sentence in the words of the kind: a template with the same arguments, which the caller owns. NULL: it
 * has none. */
char *steps_sentence(enum said said, const struct plugin_kind *kind);

#endif
