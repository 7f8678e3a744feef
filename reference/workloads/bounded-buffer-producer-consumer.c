/* producer-consumer: as many producers as consumers, or one more of these; places for two items. */
#define STREAM_NAME "producer-consumer"
#define STREAM_CAPACITY 2u
#define STREAM_PRODUCERS(threads) ((threads) / 2)
#include "harness/stream.h"
