/* Wear: before the threads begin together, one of them makes so many calls alone that whatever is counted in sixteen
 * bits has run over, or a table of a fixed size is used up. Only with real threads: the explorer has no time for it. */
#ifndef WEAR_H
#define WEAR_H

#include <syncgrade/workload.h>

#define WORN 110000u           /* rounds of the thread that is alone */
#define WEAR_ROUNDS_MIN 10000u /* a workload of less rounds is no stress */
#define WEAR_GATE (TRIAL_GATES_MAX - 1)

#define WEAR(t, self, round)                                                                                           \
	WEAR_AS(t, self, round, PROPERTY_PROGRESS, "a thread that was alone in wanting in, many times, did not get in")

/* The same, with what is said where the one who is alone does not get through. */
#define WEAR_AS(t, self, round, property, stuck)                                                                       \
	do {                                                                                                           \
		if ((t)->rounds < WEAR_ROUNDS_MIN)                                                                     \
			break;                                                                                         \
		for (unsigned worn = 0; (self) == 0 && worn < WORN; worn++)                                            \
			round;                                                                                         \
		if ((self) == 0)                                                                                       \
			trial_open((t), (self), WEAR_GATE);                                                            \
		trial_await((t), (self), WEAR_GATE, 1, (property), (stuck));                                           \
	} while (0)

#endif
