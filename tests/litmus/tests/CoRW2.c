/* a write comes after what its thread has read */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	r[0] = load(x, rlx);
	store(x, 1, rlx);
}
T(1)
{
	store(x, 2, rlx);
}
END

    FINAL(r[1] = load(x, rlx))

	LITMUS = { .name = "CoRW2",
		   .threads = 2,
		   .least = "01",
		   .most = "22",
		   .forbidden_c11 = "22 1.",
		   .forbidden_sc = "22 1.",
		   .executions_c11 = 3,
		   .executions_sc = 3 };
