/* Does a thread that wants in get in, whatever the others do? */
#include "harness/exclusion-semaphore.h"

#define ENDLESS_NAME "starvation"
#include "harness/endless.h"
