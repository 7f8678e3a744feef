/* readers: one of three threads writes, the others read: a reader is inside, the writer waits, and another reader
 * comes. Whether that one may overtake the writer is the lock's own affair. */
#define TWICE_NAME "readers"
#define TWICE_WRITES(self, round) (((self) + (round)) % 3 == 0)
#include "harness/twice.h"
