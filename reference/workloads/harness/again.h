/* Objects that are made again and again before the threads come. */
#ifndef AGAIN_H
#define AGAIN_H

#include <stdint.h>
#include <syncgrade/workload.h>
#include <time.h>

/* Who hands out the places of a static table one after the other, and begins at the front again, gives two objects the
 * same place: of so many, the last has the place of one that was made just before the first, if the table has 2, 3, 4,
 * 5, 6, 8, 10, 12, 15, 16, 20, 24, 30, 40, 48, 60, 80, 120 or 240 places; and of fewer places none is left. */
#define MADE_AGAIN 240u

/* For so long at most, for those whose init() sleeps, or fills megabytes: who makes an object in less than eight
 * milliseconds, on however slow a machine, is never stopped by it. */
#define MAKING_AGAIN_NS UINT64_C(2000000000)

struct again {
	unsigned made;
	uint64_t begin_ns; /* of the monotonic clock */
};

static inline uint64_t again_now_ns(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

/* Whether to make the object once more; begun with zeros. The explorer, which uses no memory twice, makes it once; with
 * real threads one thread is alone here, so that what comes of it is no matter of luck. */
static inline bool make_again(const struct trial *t, struct again *again)
{
	unsigned made = again->made++;
	if (t->rounds < 4)
		return made < 1;
	if (made == 0)
		again->begin_ns = again_now_ns();
	return made < MADE_AGAIN && again_now_ns() - again->begin_ns < MAKING_AGAIN_NS;
}

#endif
