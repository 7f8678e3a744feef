/* causality through the order of two writes */
#include "litmus.h"

static atomic_int x, y, z;

THREADS
T(0)
{
	store(x, 1, sc);
	store(y, 1, sc);
}
T(1)
{
	store(y, 2, sc);
	store(z, 1, sc);
}
T(2)
{
	r[0] = load(z, sc);
	r[1] = load(x, sc);
}
END

    FINAL(r[2] = load(y, rlx))

	LITMUS = { .name = "Z6_3_sc",
		   .threads = 3,
		   .least = "001",
		   .most = "112",
		   .forbidden_c11 = "102",
		   .forbidden_sc = "102",
		   .executions_c11 = 7,
		   .executions_sc = 7 };
