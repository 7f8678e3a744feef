/* crowd: a single place, so that producers and consumers sleep side by side. The first half of the threads produce;
 * with an odd number, the consumers are one more. */
#define STREAM_NAME "crowd"
#define STREAM_CAPACITY 1u
#define STREAM_PRODUCERS(threads) ((threads) / 2)
#include "harness/stream.h"
