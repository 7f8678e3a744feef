/* What a pull request touches. */
#ifndef CHANGED_H
#define CHANGED_H

#include <stddef.h>

#include "fault.h"

/* The submissions below `folders` (n of them; none: the current folder) that differ between the merge base with
 * `revision` and HEAD: sources that speak of a plugin, and shared objects; a changed header stands for the sources
 * beside it. Asks git in the current folder. The caller frees the array (NULL-terminated, sorted, each once) and its
 * strings. NULL and a fault: no repository, or no such revision. */
char **changed_submissions(const char *revision, char *const *folders, size_t n, struct fault *fault);

#endif
