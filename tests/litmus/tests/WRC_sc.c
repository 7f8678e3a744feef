/* write to read causality: what one thread saw, the next one sees */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, sc);
}
T(1)
{
	r[0] = load(x, sc);
	store(y, 1, sc);
}
T(2)
{
	r[1] = load(y, sc);
	r[2] = load(x, sc);
}
END

FINAL()

LITMUS = { .name = "WRC_sc",
	.threads = 3,
	.least = "000",
	.most = "111",
	.forbidden_c11 = "110",
	.forbidden_sc = "110",
	.executions_c11 = 7,
	.executions_sc = 7 };
