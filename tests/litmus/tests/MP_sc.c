/* message passing: who sees the flag sees the data, given release and acquire */
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
	r[0] = load(y, sc);
	r[1] = load(x, sc);
}
END

FINAL()

LITMUS = { .name = "MP_sc",
	.threads = 2,
	.least = "00",
	.most = "11",
	.forbidden_c11 = "10",
	.forbidden_sc = "10",
	.executions_c11 = 3,
	.executions_sc = 3 };
