/* Nobody waits: what the workload says against it is about no object of the library. */
// test: barrier-phases | -t 2 -r 1 -p 16 | ordering: FAIL .* schedule [^ ]*: a thread got past
#include <syncgrade/barrier.h>
struct barrier {
	unsigned n;
};
static int init(struct barrier *b, unsigned threads)
{
	b->n = threads;
	return 0;
}
static void wait(struct barrier *b, unsigned self)
{
	(void)b;
	(void)self;
}
const struct barrier_plugin barrier_plugin = {
	.abi = BARRIER_PLUGIN_ABI, .size = sizeof(struct barrier), .init = init, .wait = wait
};
