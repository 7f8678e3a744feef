/* readers-writers: a thread reads and writes in turn, every other one begins with writing. */
#define TWICE_NAME "readers-writers"
#define TWICE_WRITES(self, round) (((self) + (round)) % 2 == 0)
#include "harness/twice.h"
