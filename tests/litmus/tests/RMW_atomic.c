/* two increments do not read the same value */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	r[0] = add(x, 1, rlx);
}
T(1)
{
	r[1] = add(x, 1, rlx);
}
END

FINAL()

LITMUS = { .name = "RMW_atomic",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "00 11",
	.forbidden_sc = "00 11",
	.executions_c11 = 2,
	.executions_sc = 2 };
