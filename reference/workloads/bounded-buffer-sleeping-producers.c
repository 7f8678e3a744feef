/* sleeping-producers: the buffer is full, all others wait to put an item in, and thread 0 takes one out for each. */
#include <syncgrade/bounded_buffer.h>
#include <syncgrade/workload.h>

#define SLEEPERS_NAME "sleeping-producers"
#define SLEEPERS_STUCK                                                                                                 \
	"several producers were waiting; there was a free place for each of them in the end, and yet one still waits"

static unsigned sleepers_filled(const struct trial *t)
{
	return t->threads - 1;
}

static void sleepers_wait(struct trial *t, unsigned self)
{
	trial_bounded_buffer_put(t, self, 0, 0);
}

static void sleepers_wake(struct trial *t)
{
	(void)trial_bounded_buffer_get(t, 0, 0);
}

#include "harness/sleepers.h"
