/* independent reads of independent writes: two readers may disagree on the order */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rel);
}
T(1)
{
	store(y, 1, rel);
}
T(2)
{
	r[0] = load(x, acq);
	r[1] = load(y, acq);
}
T(3)
{
	r[2] = load(y, acq);
	r[3] = load(x, acq);
}
END

FINAL()

LITMUS = { .name = "IRIW_ra",
	.threads = 4,
	.least = "0000",
	.most = "1111",
	.forbidden_c11 = "",
	.forbidden_sc = "1010",
	.executions_c11 = 16,
	.executions_sc = 15 };
