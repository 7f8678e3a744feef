/* of two compare-exchanges from 0, one succeeds */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	int e = 0;
	r[0] = atomic_compare_exchange_strong_explicit(&x, &e, 1, ar, rlx);
}
T(1)
{
	int e = 0;
	r[1] = atomic_compare_exchange_strong_explicit(&x, &e, 2, ar, rlx);
}
END

FINAL()

LITMUS = { .name = "CAS_one_wins",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "00 11",
	.forbidden_sc = "00 11",
	.executions_c11 = 2,
	.executions_sc = 2 };
