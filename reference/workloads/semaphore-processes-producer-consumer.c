/* A bounded buffer with semaphores, between processes. */
#define PROCESSES
#include "harness/producer-consumer-semaphore.h"
