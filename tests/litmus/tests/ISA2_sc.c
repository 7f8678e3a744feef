/* message passing through a third thread */
#include "litmus.h"

static atomic_int x, y, z;

THREADS
T(0)
{
	store(x, 1, sc);
	store(y, 1, sc);
}
T(1)
{
	r[0] = load(y, sc);
	store(z, 1, sc);
}
T(2)
{
	r[1] = load(z, sc);
	r[2] = load(x, sc);
}
END

FINAL()

LITMUS = { .name = "ISA2_sc",
	.threads = 3,
	.least = "000",
	.most = "111",
	.forbidden_c11 = "110",
	.forbidden_sc = "110",
	.executions_c11 = 7,
	.executions_sc = 7 };
