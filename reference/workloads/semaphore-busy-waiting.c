/* Does a thread that cannot get in sleep, or burn the processor? */
#include "harness/exclusion-semaphore.h"

#define ENDLESS_NAME "busy-waiting"
#define ENDLESS_STAY
#include "harness/endless.h"
