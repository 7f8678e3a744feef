/* message passing through a third thread */
#include "litmus.h"

static atomic_int x, y, z;

THREADS
T(0)
{
	store(x, 1, rel);
	store(y, 1, rel);
}
T(1)
{
	r[0] = load(y, acq);
	store(z, 1, rel);
}
T(2)
{
	r[1] = load(z, acq);
	r[2] = load(x, acq);
}
END

FINAL()

LITMUS = { .name = "ISA2_ra",
	.threads = 3,
	.least = "000",
	.most = "111",
	.forbidden_c11 = "110",
	.forbidden_sc = "110",
	.executions_c11 = 7,
	.executions_sc = 7 };
