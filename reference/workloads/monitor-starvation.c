/* Does a thread that wants in get in, whatever the others do? */
#include "harness/exclusion-monitor.h"

#define ENDLESS_NAME "starvation"
#include "harness/endless.h"
