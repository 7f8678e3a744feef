/* read to write causality */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rel);
}
T(1)
{
	r[0] = load(x, acq);
	r[1] = load(y, acq);
}
T(2)
{
	store(y, 1, rel);
	r[2] = load(x, acq);
}
END

FINAL()

LITMUS = { .name = "RWC_ra",
	.threads = 3,
	.least = "000",
	.most = "111",
	.forbidden_c11 = "",
	.forbidden_sc = "100",
	.executions_c11 = 8,
	.executions_sc = 7 };
