/* A bounded buffer with a monitor. */
#include "harness/producer-consumer-monitor.h"
