/* RC11 is weaker here than C11 was: seq_cst on both ends of a chain of release and acquire */
#include "litmus.h"

static atomic_int x, y;

THREADS
T(0)
{
	store(x, 1, sc);
	store(y, 1, rel);
}
T(1)
{
	r[0] = add(y, 1, sc);
	r[1] = load(y, rlx);
}
T(2)
{
	store(y, 3, sc);
	r[2] = load(x, sc);
}
END

FINAL()

LITMUS = { .name = "Z6_U",
	.threads = 3,
	.least = "000",
	.most = "341",
	.forbidden_c11 = "00. 02. 04. 10. 11. 14. 2.. 30. 32. 33.",
	.forbidden_sc = "00. 02. 04. 10. 11. 14. 2.. 30. 32. 33. 130",
	.executions_c11 = 24,
	.executions_sc = 18 };
