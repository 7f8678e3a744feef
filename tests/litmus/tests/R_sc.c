/* a read after a write that comes after a write */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, sc);
	store(y, 1, sc);
}
T(1)
{
	store(y, 2, sc);
	r[0] = load(x, sc);
}
END

    FINAL(r[1] = load(y, rlx))

	LITMUS = { .name = "R_sc",
		   .threads = 2,
		   .least = "01",
		   .most = "12",
		   .forbidden_c11 = "02",
		   .forbidden_sc = "02",
		   .executions_c11 = 3,
		   .executions_sc = 3 };
