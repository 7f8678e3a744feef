/* read to write causality */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
}
T(1)
{
	r[0] = load(x, rlx);
	r[1] = load(y, rlx);
}
T(2)
{
	store(y, 1, rlx);
	r[2] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "RWC_rlx",
	.threads = 3,
	.least = "000",
	.most = "111",
	.forbidden_c11 = "",
	.forbidden_sc = "100",
	.executions_c11 = 8,
	.executions_sc = 7 };
