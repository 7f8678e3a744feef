/* A shared counter under a semaphore. */
#include "harness/exclusion-semaphore.h"

#include "harness/counter.h"
