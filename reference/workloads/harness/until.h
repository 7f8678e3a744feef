/* Waiting in a monitor as its discipline asks for. */
#ifndef UNTIL_H
#define UNTIL_H

#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

/* Real threads wait in vain so many times in a trial, and then go on: where wait comes back at once, and what the
 * threads share has been corrupted by two of them being inside together, some would wait for ever without ever
 * sleeping. */
#define PATIENCE ((uint64_t)1 << 20)

/* What a thread begins with: 0 for the explorer, which finds that out by itself, and for which a wait in vain must
 * leave everything as it was. */
static inline uint64_t patience(const struct trial *t)
{
	return t->rounds < 4 ? 0 : PATIENCE;
}

/* A wait came back in vain. False: no more. */
static inline bool patience_left(struct trial *t, unsigned self, uint64_t *patience, enum workload_property property)
{
	if (*patience == 0)
		return true;
	if (*patience > 1)
		(*patience)--;
	trial_expect(t, self, *patience > 1, property,
		     "wait came back millions of times, and what the thread waited for never came true");
	if (*patience <= 1)
		trial_give_up(t, self);
	return *patience > 1;
}

/* Waits on `condition` of the monitor until `holds`, which is evaluated anew each time. */
#define UNTIL_IN(t, self, monitor, patience, condition, property, holds)                                               \
	do {                                                                                                           \
		while (!(holds)) {                                                                                     \
			trial_monitor_wait((t), (self), (monitor), (condition));                                       \
			if (!(holds) && !patience_left((t), (self), (patience), (property)))                           \
				break;                                                                                 \
		}                                                                                                      \
	} while (0)

/* The same, of monitor 0. */
#define UNTIL(t, self, patience, condition, property, holds)                                                           \
	UNTIL_IN((t), (self), 0, (patience), (condition), (property), (holds))

/* The same, where Hoare's signalling promises that the condition holds after one wait: whoever signals has made it
 * true, and nobody came between. Not to be used with broadcast. */
#define UNTIL_SIGNALLED(t, self, patience, condition, property, holds)                                                 \
	do {                                                                                                           \
		while (!(holds)) {                                                                                     \
			trial_monitor_wait((t), (self), 0, (condition));                                               \
			trial_expect((t), (self), !trial_monitor_hoare(t) || (holds), PROPERTY_ORDERING,               \
				     "a signalled thread did not find its condition as the signaller left it, as "     \
				     "Hoare's signalling promises");                                                   \
			if (!(holds) && !patience_left((t), (self), (patience), (property)))                           \
				break;                                                                                 \
		}                                                                                                      \
	} while (0)

#endif
