/* The library as plugins see it: pthreads, semaphores, futexes, the heap, as small programs that run on the caller's
 * fiber and are made of the model's own steps. */
#ifndef LIBRARY_H
#define LIBRARY_H

#include <stddef.h>

#include "redirect.h"

/* What is put in place of a plugin's imports, sorted by name. */
const struct redirection *library_table(size_t *n);

#endif
