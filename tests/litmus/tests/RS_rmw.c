/* a relaxed read-modify-write continues a release sequence */
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
	add(y, 1, rlx);
}
T(2)
{
	r[0] = load(y, acq);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "RS_rmw",
	.threads = 3,
	.least = "00",
	.most = "21",
	.forbidden_c11 = "20",
	.forbidden_sc = "20",
	.executions_c11 = 9,
	.executions_sc = 9 };
