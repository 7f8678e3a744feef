/* store buffering: both threads may miss the other's store, unless all is seq_cst */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	r[0] = load(y, rlx);
}
T(1)
{
	store(y, 1, rlx);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "SB_rlx",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "",
	.forbidden_sc = "00",
	.executions_c11 = 4,
	.executions_sc = 3 };
