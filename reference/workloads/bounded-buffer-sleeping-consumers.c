/* sleeping-consumers: all others wait for an item, and thread 0 puts one in for each. */
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

#define SLEEPERS_NAME "sleeping-consumers"
#define SLEEPERS_STUCK                                                                                                 \
	"several consumers were waiting; there was an item for each of them in the end, and yet one still waits"

static unsigned sleepers_filled(const struct trial *t)
{
	(void)t;
	return 0;
}

static void sleepers_wait(struct trial *t, unsigned self)
{
	(void)trial_bounded_buffer_get(t, self, 0);
}

static void sleepers_wake(struct trial *t)
{
	trial_bounded_buffer_put(t, 0, 0, 0);
}

#include "harness/sleepers.h"
