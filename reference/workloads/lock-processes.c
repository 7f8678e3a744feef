/* A shared counter under a lock, across forked processes. */
#include "harness/exclusion-lock.h"

#define PROCESSES
#include "harness/counter.h"
