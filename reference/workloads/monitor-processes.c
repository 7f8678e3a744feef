/* A shared counter under a monitor, across forked processes. */
#include "harness/exclusion-monitor.h"

#define PROCESSES
#include "harness/counter.h"
