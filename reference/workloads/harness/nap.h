/* A nap, so that those who have gone to wait do wait when what follows is done. Only with real threads, which the number
 * of rounds tells: the explorer needs none to see every order. */
#ifndef NAP_H
#define NAP_H

#include <syncgrade/workload.h>
#include <time.h>

#define NAP_NS 50000
#define NAP_ROUNDS_MIN 10u

static void nap(const struct trial *t)
{
	const struct timespec time = { .tv_nsec = NAP_NS };
	if (t->rounds >= NAP_ROUNDS_MIN)
		nanosleep(&time, NULL);
}

#endif
