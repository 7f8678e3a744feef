/* a write after a read of a write after a write */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 2, rel);
	store(y, 1, rel);
}
T(1)
{
	r[0] = load(y, acq);
	store(x, 1, rel);
}
END

    FINAL(r[1] = load(x, rlx))

	LITMUS = { .name = "S_ra",
		   .threads = 2,
		   .least = "01",
		   .most = "12",
		   .forbidden_c11 = "12",
		   .forbidden_sc = "12",
		   .executions_c11 = 3,
		   .executions_sc = 3 };
