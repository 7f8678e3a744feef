/* A shared counter under a semaphore, across forked processes. */
#include "harness/exclusion-semaphore.h"

#define PROCESSES
#include "harness/counter.h"
