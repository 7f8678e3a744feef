/* read to write causality */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, sc);
}
T(1)
{
	r[0] = load(x, sc);
	r[1] = load(y, sc);
}
T(2)
{
	store(y, 1, sc);
	r[2] = load(x, sc);
}
END

FINAL()

LITMUS = { .name = "RWC_sc",
	.threads = 3,
	.least = "000",
	.most = "111",
	.forbidden_c11 = "100",
	.forbidden_sc = "100",
	.executions_c11 = 7,
	.executions_sc = 7 };
