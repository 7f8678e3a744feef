/* A shared counter under a lock. */
#include "harness/exclusion-lock.h"

#include "harness/counter.h"
