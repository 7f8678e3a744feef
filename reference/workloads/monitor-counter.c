/* A shared counter under a monitor. */
#include "harness/exclusion-monitor.h"

#include "harness/counter.h"
