/* Does a writer that wants in get in, whatever the readers do? */
#define ENDLESS_NAME "starvation"
#define ENDLESS_WRITES(self) ((self) == 0)
#include "harness/endless-rwlock.h"
