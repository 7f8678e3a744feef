/* a release store and an acquire fence */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	store(y, 1, rel);
}
T(1)
{
	r[0] = load(y, rlx);
	fence(acq);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "MP_release_fence_acq",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "10",
	.forbidden_sc = "10",
	.executions_c11 = 3,
	.executions_sc = 3 };
