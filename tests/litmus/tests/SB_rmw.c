/* store buffering where the stores are exchanges: still allowed */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	swap(x, 1, ar);
	r[0] = load(y, acq);
}
T(1)
{
	swap(y, 1, ar);
	r[1] = load(x, acq);
}
END

FINAL()

LITMUS = { .name = "SB_rmw",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "",
	.forbidden_sc = "00",
	.executions_c11 = 4,
	.executions_sc = 3 };
