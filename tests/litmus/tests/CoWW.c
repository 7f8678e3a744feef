/* two writes of one thread keep their order */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	store(x, 1, rlx);
	store(x, 2, rlx);
}
T(1)
{
	r[0] = load(x, rlx);
}
END

    FINAL(r[1] = load(x, rlx))

	LITMUS = { .name = "CoWW",
		   .threads = 2,
		   .least = "01",
		   .most = "22",
		   .forbidden_c11 = ".1",
		   .forbidden_sc = ".1",
		   .executions_c11 = 3,
		   .executions_sc = 3 };
