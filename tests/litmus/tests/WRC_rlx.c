/* write to read causality: what one thread saw, the next one sees */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
}
T(1)
{
	r[0] = load(x, rlx);
	store(y, 1, rlx);
}
T(2)
{
	r[1] = load(y, rlx);
	r[2] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "WRC_rlx",
	.threads = 3,
	.least = "000",
	.most = "111",
	.forbidden_c11 = "",
	.forbidden_sc = "110",
	.executions_c11 = 8,
	.executions_sc = 7 };
