/* causality through the order of two writes */
#include "litmus.h"

static atomic_int x, y, z;

THREADS
T(0)
{
	store(x, 1, rel);
	store(y, 1, rel);
}
T(1)
{
	store(y, 2, rel);
	store(z, 1, rel);
}
T(2)
{
	r[0] = load(z, acq);
	r[1] = load(x, acq);
}
END

    FINAL(r[2] = load(y, rlx))

	LITMUS = { .name = "Z6_3_ra",
		   .threads = 3,
		   .least = "001",
		   .most = "112",
		   .forbidden_c11 = "",
		   .forbidden_sc = "102",
		   .executions_c11 = 8,
		   .executions_sc = 7 };
