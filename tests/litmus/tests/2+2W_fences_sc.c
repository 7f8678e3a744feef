/* two writes each with seq_cst fences */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	fence(sc);
	store(y, 2, rlx);
}
T(1)
{
	store(y, 1, rlx);
	fence(sc);
	store(x, 2, rlx);
}
END

    FINAL(r[0] = load(x, rlx); r[1] = load(y, rlx))

	LITMUS = { .name = "2+2W_fences_sc",
		   .threads = 2,
		   .least = "11",
		   .most = "22",
		   .forbidden_c11 = "11",
		   .forbidden_sc = "11",
		   .executions_c11 = 3,
		   .executions_sc = 3 };
