/* of two exchanges, one finds 0 */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	r[0] = swap(x, 1, acq);
}
T(1)
{
	r[1] = swap(x, 1, acq);
}
END

FINAL()

LITMUS = { .name = "SWAP_lock",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "00 11",
	.forbidden_sc = "00 11",
	.executions_c11 = 2,
	.executions_sc = 2 };
