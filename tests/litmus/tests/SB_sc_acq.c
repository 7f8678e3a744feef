/* store buffering, one load that is only acquire */
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
	r[1] = load(x, acq);
}
END

FINAL()

LITMUS = { .name = "SB_sc_acq",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "",
	.forbidden_sc = "00",
	.executions_c11 = 4,
	.executions_sc = 3 };
