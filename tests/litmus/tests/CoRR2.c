/* two readers agree on the order of two writes */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	store(x, 1, rlx);
}
T(1)
{
	store(x, 2, rlx);
}
T(2)
{
	r[0] = load(x, rlx);
	r[1] = load(x, rlx);
}
T(3)
{
	r[2] = load(x, rlx);
	r[3] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "CoRR2",
	.threads = 4,
	.least = "0000",
	.most = "2222",
	.forbidden_c11 = "10.. 20.. ..10 ..20 1221 2112",
	.forbidden_sc = "10.. 20.. ..10 ..20 1221 2112",
	.executions_c11 = 72,
	.executions_sc = 72 };
