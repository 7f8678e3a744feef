/* load buffering: no value out of thin air; RC11 forbids it even when relaxed */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	r[0] = load(x, acq);
	store(y, 1, rel);
}
T(1)
{
	r[1] = load(y, acq);
	store(x, 1, rel);
}
END

FINAL()

LITMUS = { .name = "LB_ra",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "11",
	.forbidden_sc = "11",
	.executions_c11 = 3,
	.executions_sc = 3 };
