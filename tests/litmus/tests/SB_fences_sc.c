/* store buffering, forbidden by seq_cst fences */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	fence(sc);
	r[0] = load(y, rlx);
}
T(1)
{
	store(y, 1, rlx);
	fence(sc);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "SB_fences_sc",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "00",
	.forbidden_sc = "00",
	.executions_c11 = 3,
	.executions_sc = 3 };
