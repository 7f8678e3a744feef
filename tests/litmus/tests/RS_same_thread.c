/* a relaxed store of the same thread continues it (C17; C++20 dropped this) */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, rlx);
	store(y, 1, rel);
	store(y, 2, rlx);
}
T(1)
{
	r[0] = load(y, acq);
	r[1] = load(x, rlx);
}
END

FINAL()

LITMUS = { .name = "RS_same_thread",
	.threads = 2,
	.least = "00",
	.most = "21",
	.forbidden_c11 = "10 20",
	.forbidden_sc = "10 20",
	.executions_c11 = 4,
	.executions_sc = 4 };
