/* R with seq_cst fences */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	fence(sc);
	store(y, 1, rlx);
}
T(1)
{
	store(y, 2, rlx);
	fence(sc);
	r[0] = load(x, rlx);
}
END

    FINAL(r[1] = load(y, rlx))

	LITMUS = { .name = "R_fences_sc",
		   .threads = 2,
		   .least = "01",
		   .most = "12",
		   .forbidden_c11 = "02",
		   .forbidden_sc = "02",
		   .executions_c11 = 3,
		   .executions_sc = 3 };
