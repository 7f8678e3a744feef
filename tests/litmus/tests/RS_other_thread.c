/* a store of another thread does not */
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
	store(y, 2, rlx);
}
T(2)
{
	r[0] = load(y, acq);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "RS_other_thread",
	.threads = 3,
	.least = "00",
	.most = "21",
	.forbidden_c11 = "10",
	.forbidden_sc = "10",
	.executions_c11 = 10,
	.executions_sc = 9 };
