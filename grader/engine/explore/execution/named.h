/* Steps that a schedule names: what they say, if that is possible. False: it is not, and that has been told. */
#ifndef NAMED_H
#define NAMED_H

#include "execution.h"

/* The write that event r, a read, is said to read. */
bool named_read(struct execution *x, ref r, const struct schedule_step *step, ref *from);
/* Which of these places in modification order the step says, for a write. */
bool named_write(struct execution *x, ref w, const struct schedule_step *step, const int32_t *place, uint32_t n,
		 uint32_t *which);
/* Which of the library's alternatives. */
bool named_choice(struct execution *x, const struct schedule_step *step, uint32_t choices, uint64_t *which);

#endif
