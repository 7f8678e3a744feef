/* Is a thread that waits for a condition let go before all who came later? */
#include "harness/exclusion-monitor.h"

#define ENDLESS_NAME "starvation-wait"
#include "harness/endless-wait.h"
