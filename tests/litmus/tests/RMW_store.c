/* an increment and a store */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	r[0] = add(x, 1, rlx);
}
T(1)
{
	store(x, 5, rlx);
}
END

    FINAL(r[1] = load(x, rlx))

	LITMUS = { .name = "RMW_store",
		   .threads = 2,
		   .least = "05",
		   .most = "56",
		   .forbidden_c11 = "1. 2. 3. 4. 06 55",
		   .forbidden_sc = "1. 2. 3. 4. 06 55",
		   .executions_c11 = 2,
		   .executions_sc = 2 };
