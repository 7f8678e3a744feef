/* a read does not see a later write of its own thread */
#include "litmus.h"

static atomic_int x;

THREADS
T(0)
{
	r[0] = load(x, rlx);
	store(x, 1, rlx);
}
END

FINAL()

LITMUS = { .name = "CoRW1",
	.threads = 1,
	.least = "0",
	.most = "1",
	.forbidden_c11 = "1",
	.forbidden_sc = "1",
	.executions_c11 = 1,
	.executions_sc = 1 };
