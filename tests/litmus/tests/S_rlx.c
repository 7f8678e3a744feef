/* a write after a read of a write after a write */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 2, rlx);
	store(y, 1, rlx);
}
T(1)
{
	r[0] = load(y, rlx);
	store(x, 1, rlx);
}
END

    FINAL(r[1] = load(x, rlx))

	LITMUS = { .name = "S_rlx",
		   .threads = 2,
		   .least = "01",
		   .most = "12",
		   .forbidden_c11 = "",
		   .forbidden_sc = "12",
		   .executions_c11 = 4,
		   .executions_sc = 3 };
