/* A bounded buffer with a monitor, between processes. */
#define PROCESSES
#include "harness/producer-consumer-monitor.h"
