/* store buffering: both threads may miss the other's store, unless all is seq_cst */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rel);
	r[0] = load(y, acq);
}
T(1)
{
	store(y, 1, rel);
	r[1] = load(x, acq);
}
END

FINAL()

LITMUS = { .name = "SB_ra",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "",
	.forbidden_sc = "00",
	.executions_c11 = 4,
	.executions_sc = 3 };
