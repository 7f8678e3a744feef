/* A bounded buffer with semaphores. */
#include "harness/producer-consumer-semaphore.h"
