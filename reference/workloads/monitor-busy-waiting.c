/* Does a thread that waits, to enter or for a condition, sleep, or burn the processor? */
#include "harness/exclusion-monitor.h"

#define ENDLESS_NAME "busy-waiting"
#include "harness/endless-wait.h"
