/* Objects that are made again and again before the threads come. */
#ifndef AGAIN_H
#define AGAIN_H

#include <syncgrade/workload.h>

/* Who hands out the places of a static table one after the other, and begins at the front again, gives two objects the
 * same place: of so many, the last has the place of one that was made just before the first, if the table has 2, 3, 4,
 * 5, 6, 8, 10, 12, 15, 16, 20, 24, 30, 40, 48, 60, 80, 120 or 240 places; and of fewer places none is left. */
#define MADE_AGAIN 240u

/* How often. The explorer, which uses no memory twice, does it once; with real threads one thread is alone here, so
 * that what comes of it is no matter of luck. */
static inline unsigned made_again(const struct trial *t)
{
	return t->rounds < 4 ? 1 : MADE_AGAIN;
}

#endif
