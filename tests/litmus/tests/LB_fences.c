/* load buffering with fences */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	r[0] = load(x, rlx);
	fence(ar);
	store(y, 1, rlx);
}
T(1)
{
	r[1] = load(y, rlx);
	fence(ar);
	store(x, 1, rlx);
}
END

FINAL()

LITMUS = { .name = "LB_fences",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "11",
	.forbidden_sc = "11",
	.executions_c11 = 3,
	.executions_sc = 3 };
