/* three increments */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	r[0] = add(x, 1, rlx);
}
T(1)
{
	r[1] = add(x, 1, rlx);
}
T(2)
{
	r[2] = add(x, 1, rlx);
}
END

FINAL()

LITMUS = { .name = "RMW_atomic_3",
	.threads = 3,
	.least = "000",
	.most = "222",
	.forbidden_c11 = "00. 0.0 .00 11. 1.1 .11 22. 2.2 .22",
	.forbidden_sc = "00. 0.0 .00 11. 1.1 .11 22. 2.2 .22",
	.executions_c11 = 6,
	.executions_sc = 6 };
