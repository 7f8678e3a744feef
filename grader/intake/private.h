/* Folders of our own for temporary files. */
#ifndef INTAKE_PRIVATE_H
#define INTAKE_PRIVATE_H

#include "fault.h"

/* Makes one in TMPDIR. The caller owns the absolute path, and removes it with private_remove(). NULL: a machine's
 * fault. */
char *private_make(struct fault *fault);

/* Whether a library in it can be loaded: not where it is mounted noexec. 0, or a machine's fault. */
int private_check_loadable(const char *directory, struct fault *fault);

void private_remove(const char *directory);

#endif
