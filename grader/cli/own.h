/* `syncgrade new --exercise` and `--workload`: what an instructor begins with. Each returns an exit status; nothing
 * that exists is written over. */
#ifndef OWN_H
#define OWN_H

#include "site.h"

/* A whole exercise: manifest, handout, starter, workload, a solution, a mutant. `folder` NULL: named as the exercise;
 * `kind` NULL: lock. */
int own_exercise(const struct site *site, const char *name, const char *kind, const char *folder);

/* The same of a kind of its own, with its header, that is called as the exercise (my_latch for my-latch). */
int own_kind(const struct site *site, const char *name, const char *folder);

/* folder/<name>.c. `folder` NULL: here; `kind` NULL: what the exercise in the folder is about, else lock. */
int own_workload(const struct site *site, const char *name, const char *kind, const char *folder);

#endif
