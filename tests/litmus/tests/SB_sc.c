/* store buffering: both threads may miss the other's store, unless all is seq_cst */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, sc);
	r[0] = load(y, sc);
}
T(1)
{
	store(y, 1, sc);
	r[1] = load(x, sc);
}
END

FINAL()

LITMUS = { .name = "SB_sc",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "00",
	.forbidden_sc = "00",
	.executions_c11 = 3,
	.executions_sc = 3 };
