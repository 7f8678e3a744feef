/* store buffering, one fence is not enough */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	fence(sc);
	r[0] = load(y, rlx);
}
T(1)
{
	store(y, 1, rlx);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "SB_fence_sc_one",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "",
	.forbidden_sc = "00",
	.executions_c11 = 4,
	.executions_sc = 3 };
