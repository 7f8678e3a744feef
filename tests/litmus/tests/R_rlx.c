/* a read after a write that comes after a write */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	store(y, 1, rlx);
}
T(1)
{
	store(y, 2, rlx);
	r[0] = load(x, rlx);
}
END

    FINAL(r[1] = load(y, rlx))

	LITMUS = { .name = "R_rlx",
		   .threads = 2,
		   .least = "01",
		   .most = "12",
		   .forbidden_c11 = "",
		   .forbidden_sc = "02",
		   .executions_c11 = 4,
		   .executions_sc = 3 };
