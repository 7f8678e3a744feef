/* a read after a write that comes after a write */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rel);
	store(y, 1, rel);
}
T(1)
{
	store(y, 2, rel);
	r[0] = load(x, acq);
}
END

    FINAL(r[1] = load(y, rlx))

	LITMUS = { .name = "R_ra",
		   .threads = 2,
		   .least = "01",
		   .most = "12",
		   .forbidden_c11 = "",
		   .forbidden_sc = "02",
		   .executions_c11 = 4,
		   .executions_sc = 3 };
