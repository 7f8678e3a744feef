/* one fence is not enough */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	fence(rel);
	store(y, 1, rlx);
}
T(1)
{
	r[0] = load(y, rlx);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "MP_fence_rel_only",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "",
	.forbidden_sc = "10",
	.executions_c11 = 4,
	.executions_sc = 3 };
