/* reads of one place do not go backwards */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	store(x, 1, rlx);
}
T(1)
{
	r[0] = load(x, rlx);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "CoRR",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "10",
	.forbidden_sc = "10",
	.executions_c11 = 3,
	.executions_sc = 3 };
