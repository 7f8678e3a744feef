/* a read sees its own thread's write, or a later one */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	store(x, 1, rlx);
	r[0] = load(x, rlx);
}
T(1)
{
	store(x, 2, rlx);
}
END

    FINAL(r[1] = load(x, rlx))

	LITMUS = { .name = "CoWR",
		   .threads = 2,
		   .least = "01",
		   .most = "22",
		   .forbidden_c11 = "0. 21",
		   .forbidden_sc = "0. 21",
		   .executions_c11 = 3,
		   .executions_sc = 3 };
