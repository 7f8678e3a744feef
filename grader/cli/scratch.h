/* The folder for temporary files of a batch or a verification: gone with it; what one that was killed has left goes
 * with the next. */
#ifndef SCRATCH_H
#define SCRATCH_H

#include "fault.h"

struct scratch {
	char *path;
	int lock_fd; /* held as long as it, or a job of it, lives */
};

/* Makes one in $TMPDIR (/tmp), which becomes $TMPDIR, so that the submissions' own folders lie in it too. 0, or a
 * negative errno value and *fault. */
int scratch_open(struct scratch *scratch, struct fault *fault);
void scratch_close(struct scratch *scratch);

#endif
