/* a relaxed store after a relaxed read-modify-write of the same thread continues no other thread's release sequence */
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
	r[2] = add(y, 2, rlx);
	store(y, 5, rlx);
}
T(2)
{
	r[0] = load(y, acq);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "RS_rmw_then_store",
	.threads = 3,
	.least = "000",
	.most = "511",
	.forbidden_c11 = "10. 301 4.. 2.1 3.0",
	.forbidden_sc = "10. 30. 4.. 2.1 3.0 501",
	.executions_c11 = 20,
	.executions_sc = 18 };
