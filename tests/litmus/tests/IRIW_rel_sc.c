/* seq_cst loads of release stores may disagree */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rel);
}
T(1)
{
	store(y, 1, rel);
}
T(2)
{
	r[0] = load(x, sc);
	r[1] = load(y, sc);
}
T(3)
{
	r[2] = load(y, sc);
	r[3] = load(x, sc);
}
END

FINAL()

LITMUS = { .name = "IRIW_rel_sc",
	.threads = 4,
	.least = "0000",
	.most = "1111",
	.forbidden_c11 = "",
	.forbidden_sc = "1010",
	.executions_c11 = 16,
	.executions_sc = 15 };
