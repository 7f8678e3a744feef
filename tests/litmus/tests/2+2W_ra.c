/* two writes each, in opposite orders: the last values */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rel);
	store(y, 2, rel);
}
T(1)
{
	store(y, 1, rel);
	store(x, 2, rel);
}
END

    FINAL(r[0] = load(x, rlx); r[1] = load(y, rlx))

	LITMUS = { .name = "2+2W_ra",
		   .threads = 2,
		   .least = "11",
		   .most = "22",
		   .forbidden_c11 = "",
		   .forbidden_sc = "11",
		   .executions_c11 = 4,
		   .executions_sc = 3 };
