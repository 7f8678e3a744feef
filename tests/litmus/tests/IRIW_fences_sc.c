/* readers with seq_cst fences agree */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
}
T(1)
{
	store(y, 1, rlx);
}
T(2)
{
	r[0] = load(x, rlx);
	fence(sc);
	r[1] = load(y, rlx);
}
T(3)
{
	r[2] = load(y, rlx);
	fence(sc);
	r[3] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "IRIW_fences_sc",
	.threads = 4,
	.least = "0000",
	.most = "1111",
	.forbidden_c11 = "1010",
	.forbidden_sc = "1010",
	.executions_c11 = 15,
	.executions_sc = 15 };
