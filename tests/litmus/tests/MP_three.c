/* two messages, the second by the same flag */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	store(y, 1, rel);
	store(x, 2, rlx);
	store(y, 2, rel);
}
T(1)
{
	r[0] = load(y, acq);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "MP_three",
	.threads = 2,
	.least = "00",
	.most = "22",
	.forbidden_c11 = "10 20 21",
	.forbidden_sc = "10 20 21",
	.executions_c11 = 6,
	.executions_sc = 6 };
