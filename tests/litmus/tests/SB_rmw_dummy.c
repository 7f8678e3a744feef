/* store buffering cut by read-modify-writes of one more place */
#include "litmus.h"

static atomic_int x, y, z;

THREADS
T(0)
{
	store(x, 1, rlx);
	add(z, 0, ar);
	r[0] = load(y, rlx);
}
T(1)
{
	store(y, 1, rlx);
	add(z, 0, ar);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "SB_rmw_dummy",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "00",
	.forbidden_sc = "00",
	.executions_c11 = 4,
	.executions_sc = 4 };
