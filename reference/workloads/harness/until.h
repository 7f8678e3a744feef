/* Waiting in a monitor as its discipline asks for. */
#ifndef UNTIL_H
#define UNTIL_H

#include <syncgrade/monitor.h>
#include <syncgrade/workload.h>

/* Waits on `condition` of monitor 0 until `holds`, which is evaluated anew each time. Mesa: wait may return too early.
 * Hoare: whoever signals has made it true, and nobody came between; not to be used with broadcast. */
#define UNTIL(t, self, condition, holds)                                                                               \
	do {                                                                                                           \
		while (!(holds)) {                                                                                     \
			trial_monitor_wait((t), (self), 0, (condition));                                               \
			trial_expect((t), (self), !trial_monitor_hoare(t) || (holds), PROPERTY_ORDERING,               \
				     "a signalled thread did not find its condition as the signaller left it, as "     \
				     "Hoare's signalling promises");                                                   \
		}                                                                                                      \
	} while (0)

#endif
