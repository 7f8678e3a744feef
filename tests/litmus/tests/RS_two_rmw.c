/* a release sequence through two threads */
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
	add(y, 2, rlx);
}
T(2)
{
	add(y, 4, rlx);
}
T(3)
{
	r[0] = load(y, acq);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "RS_two_rmw",
	.threads = 4,
	.least = "00",
	.most = "71",
	.forbidden_c11 = "10 30 50 70",
	.forbidden_sc = "10 30 50 70",
	.executions_c11 = 36,
	.executions_sc = 36 };
